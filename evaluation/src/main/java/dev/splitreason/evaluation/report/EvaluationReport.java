package dev.splitreason.evaluation.report;

import dev.splitreason.core.file.OutputFile;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
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

/**
 * The report of runs: one HTML page that needs nothing beside it, and its figures as PNGs. The same
 * samples give the same page.
 */
public final class EvaluationReport {

  private EvaluationReport() {}

  /**
   * Writes {@code report.html} and the PNGs.
   *
   * @param runs folders of runs of one benchmark, at least one; two checkpoints among their
   *     contenders are shown side by side
   * @param hardware on which the answers are simulated
   * @param output the folder for the report, made if it is not there
   * @return the page
   * @throws IllegalArgumentException with a one-line message, if a folder holds no run, or they
   *     measured different benchmarks
   * @throws IOException if something cannot be read or written
   */
  public static Path write(List<Path> runs, PairProfile hardware, Path output) throws IOException {
    ReportedRuns reported = ReportedRuns.read(runs);
    OutputFile.makeFolder(output);
    List<Standing> standings = standings(reported, new Replay(hardware));
    Figure offload =
        new Figure(
            "offload ratio, % of the tokens (root scale)",
            Scale.ROOT,
            standings.stream().map(standing -> standing.at(standing.offloadPercent())).toList());
    Figure measured =
        new Figure(
            "measured latency of an answer, ms",
            Scale.LINEAR,
            standings.stream().map(standing -> standing.at(standing.milliseconds())).toList());
    Figure simulated =
        new Figure(
            "simulated latency of an answer, s",
            Scale.LINEAR,
            standings.stream().map(standing -> standing.at(standing.simulated())).toList());

    Files.write(output.resolve("accuracy-offload.png"), offload.png());
    Files.write(output.resolve("accuracy-latency.png"), measured.png());
    Files.write(output.resolve("accuracy-simulated-latency.png"), simulated.png());
    var page = new Page(reported, standings, hardware);
    return Files.writeString(
        output.resolve("report.html"), page.html(offload, measured, simulated));
  }

  private static List<Standing> standings(ReportedRuns runs, Replay replay) {
    var names = new ContenderLabels(runs.contenders());
    List<Standing> standings = new ArrayList<>();
    for (Result result : Results.of(runs.contenders(), runs.samples(), runs.seed())) {
      double simulated =
          replay.meanSeconds(
              runs.of(result.contender()).stream()
                  .map(Sample::trace)
                  .filter(Objects::nonNull)
                  .toList(),
              Standing.policy(result));
      standings.add(
          new Standing(standings.size() + 1, names.of(result.contender()), result, simulated));
    }
    return standings;
  }
}
