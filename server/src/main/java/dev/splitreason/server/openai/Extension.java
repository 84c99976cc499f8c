package dev.splitreason.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.work.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a response tells beyond OpenAI's protocol, under {@code splitreason}. */
public sealed interface Extension {

  /**
   * Of a piece of a stream: who wrote it.
   *
   * @param segment the number of the segment of the answer that it is of
   */
  record OfPiece(String author, int segment) implements Extension {
    /** Of a piece. */
    public static OfPiece of(Piece piece) {
      return new OfPiece(piece.author().label(), piece.segment());
    }
  }

  /**
   * Of a finished answer.
   *
   * @param finishReason the method's own, which tells time that is used up from tokens
   * @param degradedBecause why the small model went on alone; left out if it did not
   * @param traceId by which the history has it; left out if it is not kept
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfAnswer(
      double offloadRatio,
      String finishReason,
      boolean degraded,
      @Nullable String degradedBecause,
      List<SegmentFields> segments,
      List<WorkFields> work,
      Timings timings,
      @Nullable String traceId)
      implements Extension {

    /** Of an answer. */
    public static OfAnswer of(Answered answered) {
      var trace = answered.trace();
      return new OfAnswer(
          trace.usage().offloadRatio(),
          trace.finishReason().label(),
          trace.degraded(),
          trace.degradedBecause(),
          trace.segments().stream().map(SegmentFields::of).toList(),
          answered.work().stream().map(WorkFields::of).toList(),
          Timings.of(answered),
          answered.traceId());
    }
  }

  /** A run of the answer by one author, its tags included; times in milliseconds. */
  record SegmentFields(String author, String text, int tokens, double startMs, double endMs) {
    static SegmentFields of(Segment segment) {
      return new SegmentFields(
          segment.author().label(),
          segment.text(),
          segment.tokens(),
          milliseconds(segment.start()),
          milliseconds(segment.end()));
    }
  }

  /** A time in which a model worked; times in milliseconds. */
  record WorkFields(String author, String kind, double startMs, double endMs) {
    static WorkFields of(Work work) {
      return new WorkFields(
          work.author().label(),
          work.kind().label(),
          milliseconds(work.start()),
          milliseconds(work.end()));
    }
  }

  /**
   * How long it took, in milliseconds.
   *
   * @param queuedMs before it began
   * @param firstTokenMs from then to the first token; null if there was none
   */
  record Timings(double queuedMs, @Nullable Double firstTokenMs, double totalMs) {
    static Timings of(Answered answered) {
      Double first = answered.firstTokenSeconds();
      return new Timings(
          milliseconds(answered.queuedSeconds()),
          first == null ? null : milliseconds(first),
          milliseconds(answered.trace().seconds()));
    }
  }

  private static double milliseconds(double seconds) {
    return Math.rint(seconds * 1e6) / 1e3;
  }
}
