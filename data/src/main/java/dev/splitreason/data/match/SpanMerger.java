package dev.splitreason.data.match;

import dev.splitreason.data.tagged.ScoredSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes one span of those that overlap or nearly touch. */
final class SpanMerger {

  private SpanMerger() {}

  /** The spans from left to right, merged where at most {@code gap} units lie between. */
  static List<ScoredSpan> merge(List<ScoredSpan> spans, int gap) {
    List<ScoredSpan> merged = new ArrayList<>();
    for (ScoredSpan span :
        spans.stream().sorted(Comparator.comparingInt(ScoredSpan::start)).toList()) {
      if (merged.isEmpty() || span.start() - merged.getLast().end() > gap) {
        merged.add(span);
        continue;
      }
      ScoredSpan last = merged.removeLast();
      merged.add(
          new ScoredSpan(
              last.start(),
              Math.max(last.end(), span.end()),
              Math.min(last.score(), span.score())));
    }
    return merged;
  }
}
