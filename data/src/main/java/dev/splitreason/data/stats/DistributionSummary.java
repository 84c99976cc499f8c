package dev.splitreason.data.stats;

import java.util.Arrays;

/**
 * How a quantity is distributed.
 *
 * @param count of values
 * @param mean of them; 0 if there are none
 * @param quantiles at 0, 5, 25, 50, 75, 95 and 100 %; zeros if there are none
 * @param histogram counts in {@value #BINS} equal bins from the least to the greatest value
 */
public record DistributionSummary(long count, double mean, double[] quantiles, long[] histogram) {

  static final int BINS = 20;

  private static final double[] LEVELS = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

  static DistributionSummary of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] quantiles = new double[LEVELS.length];
    long[] histogram = new long[BINS];
    if (sorted.length == 0) {
      return new DistributionSummary(0, 0, quantiles, histogram);
    }
    for (int i = 0; i < LEVELS.length; i++) {
      quantiles[i] = quantile(sorted, LEVELS[i]);
    }
    double least = sorted[0];
    double width = (sorted[sorted.length - 1] - least) / BINS;
    for (double value : sorted) {
      int bin = width == 0 ? 0 : (int) ((value - least) / width);
      histogram[Math.min(bin, BINS - 1)]++;
    }
    double mean = Arrays.stream(sorted).average().orElse(0);
    return new DistributionSummary(sorted.length, mean, quantiles, histogram);
  }

  /** The middle value. */
  public double median() {
    return quantiles[3];
  }

  /** Between the two nearest values in proportion (type 7 of Hyndman and Fan, 1996). */
  private static double quantile(double[] sorted, double level) {
    double place = level * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
