package dev.splitreason.training.optimize;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.training.optimize.RateSchedule.Shape;

/**
 * The settings of AdamW and its learning rate.
 *
 * @param rate the highest learning rate
 * @param warmUp share of the run in which the rate rises to it
 * @param schedule how it falls
 * @param fall share of the run in which it falls
 * @param minimum what it falls to, as a share of {@code rate}
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of their squares
 * @param epsilon keeps the division finite
 * @param weightDecay of matrices; vectors (norms and biases) do not decay
 * @param clip the longest gradient, by its Euclidean norm over all parameters; 0 for any
 */
public record OptimizerConfig(
    double rate,
    double warmUp,
    Shape schedule,
    double fall,
    double minimum,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double clip) {

  /** A cosine from 1e-3 to a tenth of it, after 5 % of warm-up. */
  public static final OptimizerConfig DEFAULT =
      new OptimizerConfig(1e-3, 0.05, Shape.COSINE, 1, 0.1, 0.9, 0.98, 1e-8, 0.01, 1.0);

  public OptimizerConfig {
    requireDecay("beta1", beta1);
    requireDecay("beta2", beta2);
    if (!(epsilon > 0)) {
      throw new UserMistake("epsilon must be above 0, not " + epsilon);
    }
    if (!(weightDecay >= 0)) {
      throw new UserMistake("weight-decay must be 0 or more, not " + weightDecay);
    }
    if (!(clip >= 0)) {
      throw new UserMistake("clip must be 0 (off) or more, not " + clip);
    }
    RateSchedule _ = new RateSchedule(rate, warmUp, schedule, fall, minimum);
  }

  /** The learning rate over the run. */
  public RateSchedule toSchedule() {
    return new RateSchedule(rate, warmUp, schedule, fall, minimum);
  }

  private static void requireDecay(String name, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new UserMistake(name + " must be in 0 … 1, 1 excluded, not " + decay);
    }
  }
}
