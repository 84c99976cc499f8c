package dev.splitreason.benchmarks.matching;

import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.Span;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts how good found spans are. */
final class Scorecard {

  private int wanted;
  private int found;
  private int right;
  private double boundaryError;

  void add(SnippetCase c, @Nullable ScoredSpan span) {
    Span truth = c.truth();
    wanted += truth == null ? 0 : 1;
    found += span == null ? 0 : 1;
    if (truth == null || span == null || !isThere(truth, span)) {
      return;
    }
    right++;
    boundaryError +=
        (Math.abs(span.start() - truth.start()) + Math.abs(span.end() - truth.end())) / 2.0;
  }

  /** Precision, recall, and the mean distance of a border from the true one in characters. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%9.3f %9.3f %9.2f",
        found == 0 ? 1.0 : (double) right / found,
        (double) right / wanted,
        right == 0 ? Double.NaN : boundaryError / right);
  }

  /** Whether at least half of the union is shared. */
  private static boolean isThere(Span truth, ScoredSpan span) {
    int shared = Math.min(truth.end(), span.end()) - Math.max(truth.start(), span.start());
    int union = Math.max(truth.end(), span.end()) - Math.min(truth.start(), span.start());
    return shared * 2 >= union;
  }
}
