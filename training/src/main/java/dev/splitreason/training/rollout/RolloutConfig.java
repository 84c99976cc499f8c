package dev.splitreason.training.rollout;

import dev.splitreason.core.error.UserMistake;

/**
 * How rollouts are sampled.
 *
 * @param handsOver whether the large model writes the spans; if not, the small one fills them
 *     itself, as in arXiv 2504.16379, and the large one is never run
 * @param temperature of both models' draws, above 0
 * @param maxTokens the most tokens of an answer
 * @param chunk tokens of a span after which the small model is asked whether it would close
 * @param spanCap the most tokens of a span
 * @param together the most answers that are decoded at a time
 */
public record RolloutConfig(
    boolean handsOver, double temperature, int maxTokens, int chunk, int spanCap, int together) {

  /**
   * The large model writes the spans, which are as the bundled pair's; temperature as in arXiv
   * 2504.16379.
   */
  public static final RolloutConfig DEFAULT = new RolloutConfig(true, 0.7, 160, 2, 16, 256);

  public RolloutConfig {
    if (!(temperature > 0 && temperature <= 100)) {
      throw new UserMistake(
          "rollouts need a temperature above 0 and at most 100, not " + temperature);
    }
    if (maxTokens < 1 || chunk < 1 || spanCap < 1 || together < 1) {
      throw new UserMistake(
          "max-tokens, chunk, span-cap and together must be 1 or more, not %d, %d, %d and %d"
              .formatted(maxTokens, chunk, spanCap, together));
    }
  }
}
