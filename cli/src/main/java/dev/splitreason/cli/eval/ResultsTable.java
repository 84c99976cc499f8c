package dev.splitreason.cli.eval;

import dev.splitreason.evaluation.metric.Interval;
import dev.splitreason.evaluation.metric.Result;
import java.util.List;
import java.util.Locale;

/** Results as a table for the terminal. */
final class ResultsTable {

  private static final String ROW = "%-16s %10s %15s %9s %10s %9s %7s  %s%n";

  private ResultsTable() {}

  static String of(List<Result> results) {
    var table = new StringBuilder();
    table.append(
        ROW.formatted(
            "policy",
            "accuracy",
            "95 % interval",
            "offload",
            "latency",
            "gain",
            "failed",
            "models"));
    for (Result result : results) {
      Result.Gain gain = result.gain();
      table.append(
          ROW.formatted(
              result.contender().policy(),
              percent(result.accuracy()),
              interval(result.ci95()),
              percent(result.offloadRatio()),
              String.format(Locale.ROOT, "%.0f ms", 1000 * result.meanLatency()),
              gain == null ? "" : String.format(Locale.ROOT, "%+.1f", 100 * gain.accuracy()),
              result.failures(),
              result.contender().models()));
    }
    return table.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String interval(Interval interval) {
    return String.format(Locale.ROOT, "%.1f … %.1f", 100 * interval.low(), 100 * interval.high());
  }
}
