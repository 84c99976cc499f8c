package dev.splitreason.evaluation.report;

import dev.splitreason.core.file.OutputFile;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.metric.TokenPrices;
import dev.splitreason.evaluation.report.figure.Figure;
import dev.splitreason.evaluation.report.figure.Scale;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.simulator.Replay;
import dev.splitreason.simulator.profile.PairProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The report of runs: one HTML page that needs nothing beside it, and its figures as PNGs. The same
 * samples give the same page.
 */
public final class EvaluationReport {

  /** One answer costs so little that the price is of a thousand. */
  private static final int ANSWERS = 1000;

  private EvaluationReport() {}

  /**
   * Writes {@code report.html} and the PNGs.
   *
   * @param runs folders of runs of one benchmark, at least one; two checkpoints among their
   *     contenders are shown side by side
   * @param hardware on which the answers are simulated
   * @param prices of tokens, or null to leave out what answers cost
   * @param output the folder for the report, made if it is not there
   * @return the page
   * @throws IllegalArgumentException with a one-line message, if a folder holds no run, or they
   *     measured different benchmarks
   * @throws IOException if something cannot be read or written
   */
  public static Path write(
      List<Path> runs, PairProfile hardware, @Nullable TokenPrices prices, Path output)
      throws IOException {
    ReportedRuns reported = ReportedRuns.read(runs);
    OutputFile.makeFolder(output);
    List<Standing> standings = standings(reported, hardware, prices);
    Figure offload =
        figure(
            "offload ratio, % of the tokens (root scale)",
            Scale.ROOT, standings, Standing::offloadPercent);
    Figure measured =
        figure(
            "measured latency of an answer, ms", Scale.LINEAR, standings, Standing::milliseconds);
    Figure simulated =
        figure("simulated latency of an answer, s", Scale.LINEAR, standings, Standing::simulated);

    Figure priced =
        prices == null
            ? null
            : figure(
                "price of 1,000 answers",
                Scale.LINEAR,
                standings,
                standing -> Objects.requireNonNull(standing.price()));

    Files.write(output.resolve("accuracy-offload.png"), offload.png());
    Files.write(output.resolve("accuracy-latency.png"), measured.png());
    Files.write(output.resolve("accuracy-simulated-latency.png"), simulated.png());
    if (priced != null) {
      Files.write(output.resolve("accuracy-price.png"), priced.png());
    }
    var page = new Page(reported, standings, hardware);
    return Files.writeString(
        output.resolve("report.html"), page.html(offload, measured, simulated, priced));
  }

  /** What was measured has a dot. */
  private static Figure figure(
      String cost, Scale scale, List<Standing> standings, ToDoubleFunction<Standing> costOf) {
    return new Figure(
        cost,
        scale,
        standings.stream()
            .filter(standing -> standing.result().measured())
            .map(standing -> standing.at(costOf.applyAsDouble(standing)))
            .toList());
  }

  private static List<Standing> standings(
      ReportedRuns runs, PairProfile hardware, @Nullable TokenPrices prices) {
    var names = new ContenderLabels(runs.contenders());
    List<Standing> standings = new ArrayList<>();
    for (Result result : Results.of(runs.contenders(), runs.samples(), runs.seed())) {
      List<Trace> traces =
          runs.of(result.contender()).stream().map(Sample::trace).filter(Objects::nonNull).toList();
      double simulated =
          new Replay(hardware.withLarge(result.contender().large()))
              .meanSeconds(traces, Standing.policy(result));
      Double price =
          prices == null
              ? null
              : ANSWERS
                  * traces.stream()
                      .mapToDouble(trace -> prices.of(trace.usage()))
                      .average()
                      .orElse(0);
      standings.add(
          new Standing(
              standings.size() + 1, names.of(result.contender()), result, simulated, price));
    }
    return standings;
  }
}
