package dev.splitreason.training.run;

import dev.splitreason.core.error.UserMistake;

/**
 * When a run measures the model, and on what.
 *
 * @param every steps between measurements; 0 for at the end only
 * @param problems how many are answered by free, greedy generation; 0 for none
 * @param maxTokens the longest answer
 * @param samples how many of the answers are written down
 */
public record MeasureConfig(int every, int problems, int maxTokens, int samples) {

  /** Every 300 steps, 200 problems. */
  public static final MeasureConfig DEFAULT = new MeasureConfig(300, 200, 160, 3);

  public MeasureConfig {
    if (every < 0 || problems < 0 || samples < 0) {
      throw new UserMistake("every, problems and samples must be 0 or more");
    }
    if (maxTokens < 1) {
      throw new UserMistake("max-tokens must be 1 or more, not " + maxTokens);
    }
  }
}
