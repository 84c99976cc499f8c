package dev.splitreason.cli.eval;

import dev.splitreason.evaluation.metric.Interval;
import dev.splitreason.evaluation.metric.Result;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results as a table for the terminal. */
final class ResultsTable {

  private static final String ROW = "%-16s %12s %15s %9s %10s %9s %7s %7s  %s%n";

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
            "cut off",
            "models"));
    for (Result result : results) {
      Result.Gain gain = result.gain();
      boolean measured = result.measured();
      table.append(
          ROW.formatted(
              result.contender().policy(),
              measured ? percent(result.accuracy()) : "not measured",
              measured ? interval(result.ci95()) : "",
              measured ? percent(result.offloadRatio()) : "",
              measured ? String.format(Locale.ROOT, "%.0f ms", 1000 * result.meanLatency()) : "",
              gain == null ? "" : String.format(Locale.ROOT, "%+.1f", 100 * gain.accuracy()),
              result.failures(),
              result.truncated(),
              result.contender().models()));
    }
    return table.toString();
  }

  /** What a policy of the results lacks to do anything, in a line, or null. */
  static @Nullable String advice(List<Result> results) {
    boolean silent =
        results.stream()
            .filter(result -> result.contender().policy().startsWith("learned"))
            .anyMatch(result -> result.measured() && result.offloadRatio() == 0);
    return silent
        ? "the small model never handed over under the policy learned; one that never learned the"
            + " tags can be offloaded with --policies entropy"
        : null;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String interval(Interval interval) {
    return String.format(Locale.ROOT, "%.1f … %.1f", 100 * interval.low(), 100 * interval.high());
  }
}
