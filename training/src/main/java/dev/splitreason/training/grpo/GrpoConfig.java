package dev.splitreason.training.grpo;

import dev.splitreason.core.error.UserMistake;

/**
 * The settings of GRPO.
 *
 * @param prompts problems of a step
 * @param group answers to each
 * @param epochs how often a step's answers are learned from
 * @param minibatch answers of an update
 * @param advantage how rewards of a group become advantages
 * @param aggregation how losses of actions become one
 * @param clipLow see {@link PolicyLoss}
 * @param clipHigh see {@link PolicyLoss}
 * @param klWeight see {@link PolicyLoss}; 0 for no reference model
 */
public record GrpoConfig(
    int prompts,
    int group,
    int epochs,
    int minibatch,
    Advantage advantage,
    Aggregation aggregation,
    double clipLow,
    double clipHigh,
    double klWeight) {

  /** 32 problems, 8 answers each, twice in four minibatches; DAPO's clip and token mean. */
  public static final GrpoConfig DEFAULT =
      new GrpoConfig(32, 8, 2, 64, Advantage.CENTRED, Aggregation.TOKEN_MEAN, 0.2, 0.28, 0);

  public GrpoConfig {
    if (prompts < 1 || epochs < 1 || minibatch < 1) {
      throw new UserMistake(
          "prompts, epochs and minibatch must be 1 or more, not %d, %d and %d"
              .formatted(prompts, epochs, minibatch));
    }
    if (group < 2) {
      throw new UserMistake("a group compares 2 or more answers to a problem, not " + group);
    }
    PolicyLoss _ = new PolicyLoss(clipLow, clipHigh, klWeight);
  }

  /** The loss of an update. */
  public PolicyLoss toLoss() {
    return new PolicyLoss(clipLow, clipHigh, klWeight);
  }
}
