package dev.splitreason.training.rollout;

/**
 * A decision of the small model in a rollout: something that a gradient can make more or less
 * likely.
 *
 * @param place the index in the rollout's tokens that it decided about
 * @param kind what was decided
 * @param logProb its log-probability under the policy when it was sampled
 */
public record Action(int place, Kind kind, float logProb) {

  /**
   * The log-probability of the surest close, so that the one of staying is finite where closing is
   * certain.
   */
  public static final float SUREST = -1e-7f;

  /** What a decision was about, which also says what could have been drawn. */
  public enum Kind {
    /** The token was drawn from the whole vocabulary. */
    WRITE_ANY,
    /** The token was drawn outside a span: from all but the close tag. */
    WRITE,
    /**
     * The large model went on: reading along, the small one drew anything but the close tag. Only
     * that it was not the close tag counts; what else was drawn changed nothing.
     */
    STAY,
    /** The close tag was drawn, reading along: from all but the open tag. */
    CLOSE
  }
}
