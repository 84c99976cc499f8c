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
    double[] ones = new double[values.length];
    Arrays.fill(ones, 1);
    return ofRatio(values, ones, seed);
  }

  /**
   * The 95 % interval of a sum over another.
   *
   * @param parts one for each problem, at least one
   * @param wholes the same, none below 0 and not all of them 0
   * @param seed the same seed gives the same interval
   */
  static Interval ofRatio(double[] parts, double[] wholes, long seed) {
    var random = new SplittableRandom(seed);
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double part = 0;
      double whole = 0;
      for (int j = 0; j < parts.length; j++) {
        int drawn = random.nextInt(parts.length);
        part += parts[drawn];
        whole += wholes[drawn];
      }
      ratios[i] = whole == 0 ? 0 : part / whole;
    }
    Arrays.sort(ratios);
    return new Interval(quantile(ratios, LOW), quantile(ratios, HIGH));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
