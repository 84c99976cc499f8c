package dev.splitreason.evaluation.metric;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How sure a mean over problems is: the percentile bootstrap (Efron and Tibshirani, "An
 * Introduction to the Bootstrap", 1993, chapter 13), which draws problems, since samples of one
 * problem are no independent evidence.
 */
final class Bootstrap {

  private static final int RESAMPLES = 4000;
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private Bootstrap() {}

  /**
   * The 95 % interval of the mean.
   *
   * @param values one for each problem, at least one
   * @param seed the same seed gives the same interval
   */
  static Interval ofMean(double[] values, long seed) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there is no interval of nothing");
    }
    var random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int j = 0; j < values.length; j++) {
        sum += values[random.nextInt(values.length)];
      }
      means[i] = sum / values.length;
    }
    Arrays.sort(means);
    return new Interval(quantile(means, LOW), quantile(means, HIGH));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
