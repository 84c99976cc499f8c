package dev.splitreason.simulator.answer;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.trace.SpanSettings;

/**
 * How answers are decoded.
 *
 * @param chunk how many tokens of a span the large model may be ahead of the small one's reading:
 *     one at a time (sequential mode), or at most (pipelined mode)
 * @param spanCap the most tokens of a span
 * @param warmChunk tokens after which the idle model is given what the other wrote (pipelined mode)
 * @param awaitsTokenInFlight whether the small model goes on only when the token that the large one
 *     was writing as the span closed is written too (pipelined mode)
 * @param probe how the small model is asked whether it would close
 * @param speculation how speculative decoding drafts
 */
public record SplitSettings(
    int chunk,
    int spanCap,
    int warmChunk,
    boolean awaitsTokenInFlight,
    SpanProbe probe,
    Speculation speculation) {

  /** What {@link dev.splitreason.core.split.SplitDecoder} does, unless told otherwise. */
  public static final SplitSettings DEFAULT =
      new SplitSettings(
          SpanSettings.DEFAULT.chunk(),
          SpanSettings.DEFAULT.cap(),
          SpanSettings.DEFAULT.chunk(),
          true,
          new SpanProbe.OnePass(),
          Speculation.DEFAULT);

  public SplitSettings {
    if (chunk < 1 || spanCap < 1 || warmChunk < 1) {
      throw new UserMistake(
          "chunks and the span cap must be at least 1 token, not "
              + chunk
              + ", "
              + warmChunk
              + " and "
              + spanCap);
    }
  }

  /** The same settings with another chunk of a span. */
  public SplitSettings withChunk(int chunk) {
    return new SplitSettings(chunk, spanCap, warmChunk, awaitsTokenInFlight, probe, speculation);
  }

  /** The same settings with another cap on spans. */
  public SplitSettings withSpanCap(int spanCap) {
    return new SplitSettings(chunk, spanCap, warmChunk, awaitsTokenInFlight, probe, speculation);
  }

  /** The same settings with another chunk for keeping the idle model warm. */
  public SplitSettings withWarmChunk(int warmChunk) {
    return new SplitSettings(chunk, spanCap, warmChunk, awaitsTokenInFlight, probe, speculation);
  }

  /** The same settings, waiting for the token in flight or not. */
  public SplitSettings withAwaitsTokenInFlight(boolean awaitsTokenInFlight) {
    return new SplitSettings(chunk, spanCap, warmChunk, awaitsTokenInFlight, probe, speculation);
  }

  /** The same settings with another probe. */
  public SplitSettings withProbe(SpanProbe probe) {
    return new SplitSettings(chunk, spanCap, warmChunk, awaitsTokenInFlight, probe, speculation);
  }

  /** The same settings with another speculation. */
  public SplitSettings withSpeculation(Speculation speculation) {
    return new SplitSettings(chunk, spanCap, warmChunk, awaitsTokenInFlight, probe, speculation);
  }
}
