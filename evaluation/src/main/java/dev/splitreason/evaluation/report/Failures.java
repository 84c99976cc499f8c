package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.run.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is to be said of samples that failed: how many, why, and what accuracy is without them. */
public final class Failures {

  /** Reasons that are told; the rest is in the samples. */
  private static final int REASONS = 3;

  private Failures() {}

  /** A line for each contender with failures. */
  public static List<String> lines(List<Result> results, List<Sample> samples) {
    List<String> lines = new ArrayList<>();
    for (Result result : results) {
      List<Sample> failed =
          samples.stream()
              .filter(sample -> sample.key().contender().equals(result.contender()))
              .filter(Sample::failed)
              .toList();
      if (!failed.isEmpty()) {
        lines.add(line(result, failed));
      }
    }
    return lines;
  }

  private static String line(Result result, List<Sample> failed) {
    Double answers = result.accuracyOfAnswers();
    return "%s: %d %s and %s as wrong%s: %s"
        .formatted(
            result.contender().policy(),
            failed.size(),
            failed.size() == 1 ? "answer failed" : "answers failed",
            failed.size() == 1 ? "counts" : "count",
            answers == null
                ? ""
                : String.format(Locale.ROOT, " (%.1f %% right without)", 100 * answers),
            reasons(failed));
  }

  /** The most frequent ones first, with how often each was the reason. */
  private static String reasons(List<Sample> failed) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    failed.forEach(sample -> counts.merge(sample.reason(), 1, Integer::sum));
    List<String> told =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(REASONS)
            .map(reason -> reason.getKey() + " (" + reason.getValue() + " times)")
            .toList();
    String listed = String.join("; ", told);
    return counts.size() > REASONS ? listed + "; and others" : listed;
  }
}
