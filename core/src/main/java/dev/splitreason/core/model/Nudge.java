package dev.splitreason.core.model;

import dev.splitreason.core.sampling.Sampling;

/**
 * A bias that may only bring one token, the first of several that belong together: where the token
 * is drawn with the bias and would not be without it, a decode ends before it ({@link
 * Decoded.End#NUDGED}), so that the caller can write all of them. Everything else is drawn as if
 * there were no bias.
 *
 * @param id the token's
 * @param bias added to its logit, above 0
 */
public record Nudge(int id, float bias) {

  public Nudge {
    if (!(bias > 0)) {
      throw new IllegalArgumentException("a nudge has a bias above 0, not " + bias);
    }
  }

  /** Sampling with the bias. */
  public Sampling in(Sampling sampling) {
    return sampling.plusBias(id, bias);
  }
}
