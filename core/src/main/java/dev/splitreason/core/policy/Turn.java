package dev.splitreason.core.policy;

/** Who writes next, for how long at most, and what ends the turn before that. */
public sealed interface Turn {

  /** The most tokens of the turn, at least 1. */
  int limit();

  /**
   * The small model writes.
   *
   * @param mayOpen whether an open tag hands over; if not, the tags are forbidden
   * @param maxEntropy the turn ends before a token of a higher next-token entropy, in nats
   * @param until what in the text ends the turn
   */
  record Small(int limit, boolean mayOpen, double maxEntropy, Until until) implements Turn {

    /** Tokens without any hand-over. */
    public static Small alone(int limit) {
      return new Small(limit, false, Double.POSITIVE_INFINITY, new Until.Limit());
    }

    /** The same turn, ended by something else in the text. */
    public Small until(Until until) {
      return new Small(limit, mayOpen, maxEntropy, until);
    }
  }

  /**
   * The large model writes.
   *
   * @param close how the small model takes over before the limit
   * @param until what in the text ends the turn
   */
  record Large(int limit, Close close, Until until) implements Turn {

    /** Ended by the small model alone. */
    public Large(int limit, Close close) {
      this(limit, close, new Until.Limit());
    }

    /**
     * As much as a budget that has room lets it write, and a cap, without the small model's say.
     *
     * @param cap the most tokens of the turn
     */
    static Large within(OffloadBudget budget, int cap, TurnTaking.Progress progress) {
      int allowed = budget.largeTokens(progress.small(), progress.large());
      int limit = Math.min(Math.min(cap, allowed), progress.remaining());
      return new Large(limit, new Close.Never());
    }

    /** The same turn, ended by something in the text. */
    public Large until(Until until) {
      return new Large(limit, close, until);
    }
  }

  /**
   * The small model writes something that is kept only if it passes.
   *
   * @param piece what it writes
   * @param judge whether it passes
   */
  record Draft(Small piece, Judge judge) implements Turn {
    @Override
    public int limit() {
      return piece.limit();
    }
  }

  /** Whether a draft passes; an empty one does. */
  sealed interface Judge {

    /**
     * If its mean surprise to the large model, the negative log-probability of its tokens, is no
     * higher than a threshold.
     *
     * @param threshold in nats a token
     */
    record OfLarge(double threshold) implements Judge {}

    /**
     * If the small model's mean next-token entropy where it wrote the tokens is no higher than a
     * threshold.
     *
     * @param threshold in nats
     */
    record OfSmall(double threshold) implements Judge {}
  }

  /** How the small model ends a turn of the large one. */
  sealed interface Close {

    /** Not at all. */
    record Never() implements Close {}

    /** At the first place where it would write the close tag. */
    record AtTag() implements Close {}

    /**
     * At the first place where its next-token entropy is no higher than a threshold.
     *
     * @param threshold in nats
     */
    record WhenCertain(double threshold) implements Close {}
  }
}
