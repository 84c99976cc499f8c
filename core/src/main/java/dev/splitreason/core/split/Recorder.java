package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.text.Utf8Assembler;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.TokenTime;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.core.trace.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer down as it becomes certain: text, token counts, times. */
final class Recorder {

  /** A token and when it was written, in {@link System#nanoTime}. */
  record Timed(Token token, long nanos) {
    static Timed now(Token token) {
      return new Timed(token, System.nanoTime());
    }
  }

  private final SpanSettings spans;
  private final TraceListener listener;
  private final long start = System.nanoTime();
  private final List<Segment> segments = new ArrayList<>();
  private final List<TokenTime> times = new ArrayList<>();
  private final Utf8Assembler characters = new Utf8Assembler();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Author author;
  private int segmentTokens;
  private double segmentStart;
  private double lastTime;
  private int smallTokens;
  private int largeTokens;
  private int discarded;
  private int rejected;

  Recorder(SpanSettings spans, TraceListener listener) {
    this.spans = spans;
    this.listener = listener;
  }

  int smallTokens() {
    return smallTokens;
  }

  int largeTokens() {
    return largeTokens;
  }

  int kept() {
    return smallTokens + largeTokens;
  }

  double seconds() {
    return seconds(System.nanoTime());
  }

  void discard(int tokens) {
    discarded += tokens;
  }

  void reject(int tokens) {
    rejected += tokens;
  }

  void write(Author by, Timed timed, boolean tag) {
    double time = seconds(timed.nanos());
    if (by != author) {
      endSegment();
      author = by;
      segmentStart = time;
    }
    lastTime = time;
    segmentTokens++;
    if (by == Author.SMALL) {
      smallTokens++;
    } else {
      largeTokens++;
    }
    times.add(new TokenTime(by, time));
    listener.onToken(by, timed.token(), tag);
    String piece = characters.append(timed.token().bytes());
    if (!piece.isEmpty()) {
      text.append(piece);
      listener.onText(by, piece);
    }
  }

  /** The finished answer; an incomplete character at its end is dropped. */
  Trace trace(
      FinishReason reason,
      @Nullable String degradedBecause,
      int smallPrefilled,
      int largePrefilled) {
    endSegment();
    return new Trace(
        segments,
        new Usage(smallTokens, largeTokens, discarded, rejected, smallPrefilled, largePrefilled),
        reason,
        degradedBecause != null,
        degradedBecause,
        seconds(),
        times,
        spans);
  }

  private void endSegment() {
    Author by = author;
    if (by != null) {
      segments.add(new Segment(by, text.toString(), segmentTokens, segmentStart, lastTime));
      text.setLength(0);
      segmentTokens = 0;
    }
  }

  private double seconds(long nanos) {
    return (nanos - start) / 1e9;
  }
}
