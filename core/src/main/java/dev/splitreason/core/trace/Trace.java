package dev.splitreason.core.trace;

import dev.splitreason.core.answer.FinalAnswer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One finished answer: its segments in order, what it cost and why it ended.
 *
 * @param segments runs by alternating authors; their texts joined are the answer's text
 * @param usage tokens by model
 * @param finishReason why it ended
 * @param degraded whether the large model failed and the small one went on alone
 * @param degradedBecause the large model's failure in a line, or null
 * @param seconds from the request to the end
 * @param tokenTimes when each kept token was written
 * @param spans how spans were marked and how far they could go
 */
public record Trace(
    List<Segment> segments,
    Usage usage,
    FinishReason finishReason,
    boolean degraded,
    @Nullable String degradedBecause,
    double seconds,
    List<TokenTime> tokenTimes,
    SpanSettings spans) {

  public Trace {
    segments = List.copyOf(segments);
    tokenTimes = List.copyOf(tokenTimes);
  }

  /** The whole text, tags included. */
  public String text() {
    return segments.stream().map(Segment::text).collect(Collectors.joining());
  }

  /**
   * The final answer: what the text marks as such, else what follows its reasoning, else all of it,
   * without tags ({@link FinalAnswer}).
   */
  public String answer() {
    return FinalAnswer.of(text(), spans.tags());
  }
}
