package dev.splitreason.simulator.report;

import dev.splitreason.simulator.ModeResult;
import dev.splitreason.simulator.PaperComparison;
import dev.splitreason.simulator.SimulationReport;
import dev.splitreason.simulator.answer.LatencyPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A simulation of answers one at a time, as tables. */
public final class SimulationText {

  private SimulationText() {}

  /** The report, several lines. */
  public static String of(SimulationReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d %s, %s of their tokens by the large model%n",
            report.profile(),
            report.answers(),
            report.answers() == 1 ? "answer" : "answers",
            percent(report.offloadRatio())));
    text.append(report.source()).append("\n\n");
    text.append(speed(report)).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "No schedule passes %.2fx at this share: then only the kept tokens take time.%n%n",
            report.speedupBound()));
    text.append("Where a mean answer's seconds go:\n").append(parts(report));
    if (report.paper() != null) {
      text.append('\n').append(paper(report.paper()));
    }
    return text.toString();
  }

  private static String speed(SimulationReport report) {
    Table table =
        new Table(
            "mode",
            "tokens/s",
            "speed-up",
            "mean s",
            "p50",
            "p90",
            "p99",
            "small busy",
            "large busy",
            "dropped");
    for (ModeResult result : report.results()) {
      table.row(
          result.mode().label(),
          format("%.1f", result.tokensPerSecond()),
          format("%.2fx", result.speedupOverLarge()),
          seconds(result.latency().mean()),
          seconds(result.latency().p50()),
          seconds(result.latency().p90()),
          seconds(result.latency().p99()),
          percent(result.smallBusy()),
          percent(result.largeBusy()),
          Long.toString(result.small().discarded() + result.large().discarded()));
    }
    return table.text();
  }

  private static String parts(SimulationReport report) {
    List<LatencyPart> shown =
        Arrays.stream(LatencyPart.values())
            .filter(part -> report.results().stream().anyMatch(result -> result.seconds(part) > 0))
            .toList();
    List<String> header = new ArrayList<>(List.of("mode"));
    shown.forEach(part -> header.add(part.label().replace('_', ' ')));
    Table table = new Table(header.toArray(String[]::new));
    for (ModeResult result : report.results()) {
      List<String> row = new ArrayList<>(List.of(result.mode().label()));
      shown.forEach(part -> row.add(seconds(result.seconds(part))));
      table.row(row);
    }
    return table.text();
  }

  private static String paper(PaperComparison comparison) {
    Table table =
        new Table("share", "arXiv 2504.16379", "bound", "pipelined", "closed by continuations");
    for (PaperComparison.Row row : comparison.rows()) {
      table.row(
          percent(row.offloadRatio()),
          format("%.0f-", row.reportedFrom()) + format("%.0fx", row.reportedTo()),
          format("%.2fx", row.bound()),
          format("%.2fx", row.pipelined()),
          format("%.2fx", row.byContinuations()));
    }
    return """
    Speed-up over the large model alone, reported and simulated:
    """
        + table.text()
        + """

        At 5 % the paper reports less than its rates allow. It does not print its formula, but what its
        published code does would account for both figures: after every token of a span the small model
        writes an 8-token continuation to see whether the span closes (last column). Here one forward
        pass over the span tells.
        """;
  }

  static String percent(double share) {
    return format(share < 0.1 ? "%.2f %%" : "%.1f %%", 100 * share);
  }

  /** Seconds to three or four digits, milliseconds and less included. */
  static String seconds(double seconds) {
    String pattern = seconds >= 100 ? "%.1f" : seconds >= 1 || seconds == 0 ? "%.2f" : "%.4f";
    return format(pattern, seconds);
  }

  static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
