package dev.splitreason.training.grpo;

import java.util.Arrays;

/**
 * How much better an answer is than the others to the same prompt: its reward, relative to its
 * group. Where all rewards of a group are equal, nothing can be learned from it and every advantage
 * is exactly 0.
 */
public enum Advantage {
  /**
   * {@code (r − mean) / (std + ε)} with the group's mean and sample standard deviation (arXiv
   * 2402.03300, section 4.1.2).
   */
  STANDARDISED,
  /**
   * {@code r − mean}: without the division, which weighs nearly decided prompts more than open ones
   * (Dr. GRPO, arXiv 2503.20783, section 3.1).
   */
  CENTRED;

  /** Keeps the division finite, as TRL does. */
  static final double EPSILON = 1e-4;

  /**
   * The advantages of one group.
   *
   * @param rewards of the answers to one prompt, at least one
   */
  public double[] of(double[] rewards) {
    if (tied(rewards)) {
      return new double[rewards.length];
    }
    double mean = Arrays.stream(rewards).average().orElseThrow();
    double scale =
        switch (this) {
          case STANDARDISED -> deviation(rewards, mean) + EPSILON;
          case CENTRED -> 1;
        };
    return Arrays.stream(rewards).map(reward -> (reward - mean) / scale).toArray();
  }

  /** Whether all rewards of a group are equal. */
  public static boolean tied(double[] rewards) {
    return Arrays.stream(rewards).allMatch(reward -> reward == rewards[0]);
  }

  private static double deviation(double[] rewards, double mean) {
    double squares = Arrays.stream(rewards).map(r -> (r - mean) * (r - mean)).sum();
    return Math.sqrt(squares / (rewards.length - 1));
  }
}
