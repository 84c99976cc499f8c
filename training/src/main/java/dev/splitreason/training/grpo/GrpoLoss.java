package dev.splitreason.training.grpo;

/**
 * What GRPO makes of rewards.
 *
 * @param advantage how rewards of a group become advantages
 * @param aggregation how losses of actions become one
 * @param clipLow see {@link PolicyLoss}
 * @param clipHigh see {@link PolicyLoss}
 * @param klWeight see {@link PolicyLoss}; 0 for no reference model
 */
public record GrpoLoss(
    Advantage advantage,
    Aggregation aggregation,
    double clipLow,
    double clipHigh,
    double klWeight) {

  /** DAPO's clip and token mean. */
  public static final GrpoLoss DEFAULT =
      new GrpoLoss(Advantage.CENTRED, Aggregation.TOKEN_MEAN, 0.2, 0.28, 0);

  public GrpoLoss {
    PolicyLoss _ = new PolicyLoss(clipLow, clipHigh, klWeight);
  }

  /** The loss of an update. */
  public PolicyLoss toLoss() {
    return new PolicyLoss(clipLow, clipHigh, klWeight);
  }
}
