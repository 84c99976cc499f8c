package dev.splitreason.core.policy;

/**
 * The hard caps on what the large model writes of the kept tokens: their share, and their number.
 * They hold after every token, not only at the end, so an answer that ends early keeps them too.
 *
 * @param cap the largest share allowed, 0 … 1
 * @param tokens the most tokens allowed, at least 0; {@link Integer#MAX_VALUE} for any number
 */
public record OffloadBudget(double cap, int tokens) {

  /** A cap on the share alone. */
  public OffloadBudget(double cap) {
    this(cap, Integer.MAX_VALUE);
  }

  /** The most tokens the large model may add to an answer of so many kept tokens of each author. */
  public int largeTokens(int small, int large) {
    int left = tokens == Integer.MAX_VALUE ? tokens : Math.max(0, tokens - large);
    if (cap >= 1) {
      return left;
    }
    // (large + x) / (small + large + x) <= cap, solved for x; the margin keeps 0.1 * 30 a whole 3.
    double most = (cap * (small + large) - large) / (1 - cap);
    return Math.clamp((long) Math.floor(most + 1e-9), 0, left);
  }

  /**
   * How many tokens the small model must add before the large one may add one.
   *
   * @return {@link Integer#MAX_VALUE} for never
   */
  public int smallTokensUntilOne(int small, int large) {
    if (cap <= 0 || large >= tokens) {
      return Integer.MAX_VALUE;
    }
    double needed = (1 - cap + large) / cap - large - small;
    return Math.max(0, (int) Math.ceil(needed - 1e-9));
  }

  /** Whether the large model may write a token next. */
  boolean hasRoom(TurnTaking.Progress progress) {
    return largeTokens(progress.small(), progress.large()) > 0;
  }

  /** How many tokens the small model writes before the large one may again: 1 … what remains. */
  int untilRoom(TurnTaking.Progress progress) {
    int wait = smallTokensUntilOne(progress.small(), progress.large());
    return Math.clamp(wait, 1, progress.remaining());
  }
}
