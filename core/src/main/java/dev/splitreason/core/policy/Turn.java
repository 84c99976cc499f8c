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
   */
  record Small(int limit, boolean mayOpen, double maxEntropy) implements Turn {

    /** Tokens without any hand-over. */
    public static Small alone(int limit) {
      return new Small(limit, false, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * The large model writes.
   *
   * @param close how the small model takes over before the limit
   */
  record Large(int limit, Close close) implements Turn {}

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
