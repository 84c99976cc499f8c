package dev.splitreason.core.model;

import dev.splitreason.core.sampling.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * How long and how to decode.
 *
 * @param maxTokens the most tokens to write, at least 1
 * @param sampling how tokens are drawn
 * @param stop ends the decode after a token
 * @param maxEntropy ends the decode before drawing from a next-token distribution (temperature 1,
 *     before any bias) whose entropy in nats is above this; {@link Double#POSITIVE_INFINITY} for
 *     never
 * @param nudge a token that a bias may bring; null for none
 */
public record DecodeRequest(
    int maxTokens,
    Sampling sampling,
    StopCondition stop,
    double maxEntropy,
    @Nullable Nudge nudge) {

  public DecodeRequest {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
  }

  /** A request that decodes up to {@code maxTokens}, or to the end of the text. */
  public static DecodeRequest upTo(int maxTokens, Sampling sampling) {
    return new DecodeRequest(
        maxTokens, sampling, StopCondition.NEVER, Double.POSITIVE_INFINITY, null);
  }

  /** The same request with another stop condition. */
  public DecodeRequest withStop(StopCondition stop) {
    return new DecodeRequest(maxTokens, sampling, stop, maxEntropy, nudge);
  }

  /** The same request with an entropy limit in nats. */
  public DecodeRequest withMaxEntropy(double maxEntropy) {
    return new DecodeRequest(maxTokens, sampling, stop, maxEntropy, nudge);
  }

  /** The same request with a token that a bias may bring; null for none. */
  public DecodeRequest withNudge(@Nullable Nudge nudge) {
    return new DecodeRequest(maxTokens, sampling, stop, maxEntropy, nudge);
  }
}
