package dev.splitreason.training.run;

import dev.splitreason.core.error.UserMistake;

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
      throw new UserMistake("every must be 0 (at the end only) or more, not " + every);
    }
    if (keep < 1) {
      throw new UserMistake("keep must be 1 or more, not " + keep);
    }
  }
}
