package dev.splitreason.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

/** Pearson's test of counts against what a distribution expects. */
final class ChiSquare {

  private ChiSquare() {}

  /**
   * Fails where the counts are less likely than about one in a million. Expectations should be 5 or
   * more.
   */
  static void assertFits(double[] observed, double[] expected) {
    double statistic = 0;
    int degrees = -1;
    for (int i = 0; i < observed.length; i++) {
      if (expected[i] == 0) {
        assertThat(observed[i]).as("count of impossible outcome %d", i).isZero();
        continue;
      }
      double difference = observed[i] - expected[i];
      statistic += difference * difference / expected[i];
      degrees++;
    }
    // Wilson and Hilferty (1931): the cube root of chi-square over its degrees is nearly normal.
    double spread = 2.0 / (9 * Math.max(1, degrees));
    double z = (Math.cbrt(statistic / Math.max(1, degrees)) - (1 - spread)) / Math.sqrt(spread);
    assertThat(z).as("chi-square %.1f with %d degrees", statistic, degrees).isLessThan(4.8);
  }
}
