package dev.splitreason.evaluation.simulate.answer;

import dev.splitreason.core.split.Pair;

/**
 * How answers are decoded.
 *
 * @param chunk tokens of a span between two probes, where the large model waits for them
 *     (sequential mode)
 * @param spanCap the most tokens of a span
 * @param warmChunk tokens after which the idle model is given what the other wrote (pipelined mode)
 * @param probe how the small model is asked whether it would close
 * @param speculation how speculative decoding drafts
 */
public record SplitSettings(
    int chunk, int spanCap, int warmChunk, Probe probe, Speculation speculation) {

  /**
   * Tokens after which the idle model is prefilled, unless said otherwise: few enough that little
   * is left to do at a hand-off, enough that its device is not kept busy by tiny passes.
   */
  public static final int DEFAULT_WARM_CHUNK = 32;

  /** The split decoder's defaults. */
  public static final SplitSettings DEFAULT =
      new SplitSettings(
          Pair.DEFAULT_CHUNK,
          Pair.DEFAULT_SPAN_CAP,
          DEFAULT_WARM_CHUNK,
          new Probe.OnePass(),
          Speculation.DEFAULT);

  public SplitSettings {
    if (chunk < 1 || spanCap < 1 || warmChunk < 1) {
      throw new IllegalArgumentException(
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
    return new SplitSettings(chunk, spanCap, warmChunk, probe, speculation);
  }

  /** The same settings with another chunk for keeping the idle model warm. */
  public SplitSettings withWarmChunk(int warmChunk) {
    return new SplitSettings(chunk, spanCap, warmChunk, probe, speculation);
  }

  /** The same settings with another probe. */
  public SplitSettings withProbe(Probe probe) {
    return new SplitSettings(chunk, spanCap, warmChunk, probe, speculation);
  }

  /** The same settings with another speculation. */
  public SplitSettings withSpeculation(Speculation speculation) {
    return new SplitSettings(chunk, spanCap, warmChunk, probe, speculation);
  }
}
