package dev.splitreason.training.reward;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.simulator.outline.Outline;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A target for the time that answers spend on offloading on average, instead of one for each: some
 * problems need no large model at all, and others more of it. With u as in {@link LatencyReward}
 * and ū its mean over the answers that were sampled together:
 *
 * <pre>
 *   reward = 1 − slope · (ū − 1) · (u − 1)
 * </pre>
 *
 * So time has a price, which rises with how far the mean is above the target, and below the target
 * it is paid for. Among the answers to one problem this is the gradient of {@code −slope/2 · (ū −
 * 1)²}: the policy spends its time where it buys most.
 *
 * @param budget what may be spent
 * @param slope how fast the price rises, above 0
 * @param mean of u over the answers, or NaN for an answer alone, which is its own mean
 */
public record MeanTimeReward(LatencyReward.TimeBudget budget, double slope, double mean)
    implements Reward {

  /** Holds the bundled pair within a few tenths of the target. */
  public static final double SLOPE = 2;

  public MeanTimeReward {
    if (!(slope > 0 && slope < Double.POSITIVE_INFINITY)) {
      throw new UserMistake("the slope of a price must be above 0, not " + slope);
    }
  }

  /** The reward before answers are known. */
  public MeanTimeReward(LatencyReward.TimeBudget budget, double slope) {
    this(budget, slope, Double.NaN);
  }

  @Override
  public MeanTimeReward among(List<Completion> batch, UnaryOperator<double[]> overall) {
    double sum = batch.stream().mapToDouble(this::spent).sum();
    double[] sums = overall.apply(new double[] {sum, batch.size()});
    return new MeanTimeReward(budget, slope, sums[0] / sums[1]);
  }

  @Override
  public MeanTimeReward among(List<Completion> batch) {
    return among(batch, UnaryOperator.identity());
  }

  @Override
  public double of(Completion completion) {
    double spent = spent(completion);
    double average = Double.isNaN(mean) ? spent : mean;
    return 1 - slope * (average - 1) * (spent - 1);
  }

  private double spent(Completion completion) {
    Outline outline = completion.outline();
    return outline == null ? 0 : budget.spent(outline);
  }
}
