package dev.splitreason.evaluation.metric;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether a mean paired difference may be chance: the sign-flip test (Fisher, "The Design of
 * Experiments", 1935, section 21). Were both contenders alike, each problem's difference would be
 * as likely the other way round. With one answer to each problem that is McNemar's exact test
 * (Psychometrika 12, 1947), which is computed; else flips are drawn.
 */
final class PairedTest {

  private static final int DRAWS = 10_000;

  private PairedTest() {}

  /**
   * The two-sided p-value.
   *
   * @param differences one for each problem
   * @param seed the same seed gives the same value
   */
  static double pValue(double[] differences, long seed) {
    double[] unequal = Arrays.stream(differences).filter(difference -> difference != 0).toArray();
    boolean exact = Arrays.stream(unequal).allMatch(difference -> Math.abs(difference) == 1);
    if (exact) {
      long better = Arrays.stream(unequal).filter(difference -> difference > 0).count();
      return mcNemar(better, unequal.length - better);
    }
    double observed = Math.abs(Arrays.stream(unequal).sum()) - 1e-9;
    var random = new SplittableRandom(seed);
    int asFar = 0;
    for (int i = 0; i < DRAWS; i++) {
      double sum = 0;
      for (double difference : unequal) {
        sum += random.nextBoolean() ? difference : -difference;
      }
      asFar += Math.abs(sum) >= observed ? 1 : 0;
    }
    // The observed flips are one of those that could have come.
    return (asFar + 1.0) / (DRAWS + 1);
  }

  /** Twice the tail of a fair coin's binomial distribution. */
  private static double mcNemar(long better, long worse) {
    long all = better + worse;
    double logChance = -all * Math.log(2);
    double tail = 0;
    for (long k = 0; k <= Math.min(better, worse); k++) {
      tail += Math.exp(logChance);
      logChance += Math.log((double) (all - k) / (k + 1));
    }
    return Math.min(1, 2 * tail);
  }
}
