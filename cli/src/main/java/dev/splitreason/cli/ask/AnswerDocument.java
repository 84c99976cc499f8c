package dev.splitreason.cli.ask;

import dev.splitreason.core.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document of {@code ask --json}.
 *
 * @param answer the final one
 * @param text all of it, with its tags
 * @param finishReason a label of {@link dev.splitreason.core.trace.FinishReason}
 * @param degradedBecause what the large model failed with, or null if it did not
 * @param latencyMs milliseconds from the request to the last token
 */
record AnswerDocument(
    String answer,
    String text,
    List<Segment> segments,
    Usage usage,
    String finishReason,
    boolean degraded,
    @Nullable String degradedBecause,
    double latencyMs) {

  /**
   * What one author wrote before the other went on.
   *
   * @param author {@code small} or {@code large}
   */
  record Segment(String author, String text, int tokens) {}

  /** Whose tokens were kept and dropped. */
  record Usage(int smallTokens, int largeTokens, int discardedTokens, double offloadRatio) {}

  static AnswerDocument of(Trace trace) {
    return new AnswerDocument(
        trace.answer(),
        trace.text(),
        trace.segments().stream()
            .map(part -> new Segment(part.author().label(), part.text(), part.tokens()))
            .toList(),
        new Usage(
            trace.usage().smallTokens(),
            trace.usage().largeTokens(),
            trace.usage().discardedTokens(),
            trace.usage().offloadRatio()),
        trace.finishReason().label(),
        trace.degraded(),
        trace.degradedBecause(),
        Math.round(trace.seconds() * 1e6) / 1e3);
  }
}
