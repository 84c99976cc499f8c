package dev.splitreason.training.grpo;

import dev.splitreason.core.error.UserMistake;

/**
 * How much a run of GRPO samples, and how often it learns from it.
 *
 * @param steps of the run
 * @param prompts problems of a step
 * @param group answers to each
 * @param epochs how often a step's answers are learned from
 * @param minibatch answers of an update
 */
public record GrpoSchedule(int steps, int prompts, int group, int epochs, int minibatch) {

  /** 200 steps of 32 problems, 8 answers each, twice in four minibatches. */
  public static final GrpoSchedule DEFAULT = new GrpoSchedule(200, 32, 8, 2, 64);

  public GrpoSchedule {
    if (steps < 1 || prompts < 1 || epochs < 1 || minibatch < 1) {
      throw new UserMistake(
          "steps, prompts, epochs and minibatch must be 1 or more, not %d, %d, %d and %d"
              .formatted(steps, prompts, epochs, minibatch));
    }
    if (group < 2) {
      throw new UserMistake("a group compares 2 or more answers to a problem, not " + group);
    }
  }
}
