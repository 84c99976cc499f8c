package dev.splitreason.cli.eval;

import dev.splitreason.evaluation.metric.Interval;
import dev.splitreason.evaluation.metric.Result;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Results as a table for the terminal: 80 columns, so the models stand beneath it, and what went
 * wrong has a column only where something did.
 */
public final class ResultsTable {

  private static final int COLUMNS = 80;

  private final Map<String, Result> rows;
  private final boolean failures;
  private final boolean cuts;
  private final int policyWidth;

  private ResultsTable(Map<String, Result> rows) {
    this.rows = rows;
    failures = rows.values().stream().anyMatch(result -> result.failures() > 0);
    cuts = rows.values().stream().anyMatch(result -> result.truncated() > 0);
    policyWidth = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  public static String of(List<Result> results) {
    return new ResultsTable(named(results)).text();
  }

  /** Each result by its policy, and a number where several have the same. */
  private static Map<String, Result> named(List<Result> results) {
    Map<String, Long> counts =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.contender().policy(), Collectors.counting()));
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Result> named = new LinkedHashMap<>();
    for (Result result : results) {
      String policy = result.contender().policy();
      int number = seen.merge(policy, 1, Integer::sum);
      named.put(
          counts.getOrDefault(policy, 1L) == 1 ? policy : policy + " (" + number + ")", result);
    }
    return named;
  }

  private String text() {
    var text = new StringBuilder();
    text.append(
        line(
            "policy",
            "accuracy",
            "95 % interval",
            "offload",
            "latency",
            "gain",
            "failed",
            "cut off"));
    rows.forEach((name, result) -> text.append(line(name, result)));
    text.append('\n');
    rows.forEach((name, result) -> text.append(models(name, result)));
    return text.toString();
  }

  private String line(String name, Result result) {
    Result.Gain gain = result.gain();
    boolean measured = result.measured();
    return line(
        name,
        measured ? percent(result.accuracy()) : "",
        measured ? interval(result.ci95()) : "not measured",
        measured ? percent(result.offloadRatio()) : "",
        measured ? time(result.meanLatency()) : "",
        gain == null ? "" : String.format(Locale.ROOT, "%+.1f", 100 * gain.accuracy()),
        Integer.toString(result.failures()),
        Integer.toString(result.truncated()));
  }

  private String line(
      String policy,
      String accuracy,
      String interval,
      String offload,
      String latency,
      String gain,
      String failed,
      String cut) {
    String line =
        "%s %8s %13s %7s %8s %6s"
                .formatted(name(policy), accuracy, interval, offload, latency, gain)
            + (failures ? " %6s".formatted(failed) : "")
            + (cuts ? " %7s".formatted(cut) : "");
    return line.stripTrailing() + "\n";
  }

  /** A policy's models, on two lines where their names are long. */
  private String models(String name, Result result) {
    String line = name(name) + " " + result.contender().models() + "\n";
    return line.length() <= COLUMNS + 1
        ? line
        : line.replaceFirst(" \\+ ", "\n" + " ".repeat(name(name).length() + 1) + "+ ");
  }

  private String name(String policy) {
    return ("%-" + Math.max(policyWidth, "policy".length()) + "s").formatted(policy);
  }

  /** What a policy of the results lacks to do anything, in a line, or null. */
  static @Nullable String advice(List<Result> results) {
    boolean silent =
        results.stream()
            .filter(result -> result.contender().policy().startsWith("learned"))
            .anyMatch(result -> result.measured() && result.offloadRatio() == 0);
    return silent
        ? "the small model never handed over under the policy learned; one that never learned the"
            + " tags can be offloaded with --policies entropy:1.0"
        : null;
  }

  private static String time(double seconds) {
    return seconds < 10
        ? String.format(Locale.ROOT, "%.0f ms", 1000 * seconds)
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String interval(Interval interval) {
    return String.format(Locale.ROOT, "%.1f … %.1f", 100 * interval.low(), 100 * interval.high());
  }
}
