package dev.splitreason.training.run;

/**
 * When a run saves itself.
 *
 * @param every steps between checkpoints; 0 for at the end only
 * @param keep how many of the newest stay
 */
public record CheckpointConfig(int every, int keep) {

  /** Every 500 steps, the newest two. */
  public static final CheckpointConfig DEFAULT = new CheckpointConfig(500, 2);

  public CheckpointConfig {
    if (every < 0) {
      throw new IllegalArgumentException("every must be 0 (at the end only) or more, not " + every);
    }
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be 1 or more, not " + keep);
    }
  }
}
