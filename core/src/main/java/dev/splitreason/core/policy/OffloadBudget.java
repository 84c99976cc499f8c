package dev.splitreason.core.policy;

/**
 * The hard cap on the large model's share of the kept tokens. It holds after every token, not only
 * at the end, so an answer that ends early keeps it too.
 *
 * @param cap the largest share allowed, 0 … 1
 */
public record OffloadBudget(double cap) {

  /** The most tokens the large model may add to an answer of so many kept tokens of each author. */
  public int largeTokens(int small, int large) {
    if (cap >= 1) {
      return Integer.MAX_VALUE;
    }
    // (large + x) / (small + large + x) <= cap, solved for x; the margin keeps 0.1 * 30 a whole 3.
    double most = (cap * (small + large) - large) / (1 - cap);
    return Math.max(0, (int) Math.floor(most + 1e-9));
  }

  /**
   * How many tokens the small model must add before the large one may add one.
   *
   * @return {@link Integer#MAX_VALUE} for never
   */
  public int smallTokensUntilOne(int small, int large) {
    if (cap <= 0) {
      return Integer.MAX_VALUE;
    }
    double needed = (1 - cap + large) / cap - large - small;
    return Math.max(0, (int) Math.ceil(needed - 1e-9));
  }
}
