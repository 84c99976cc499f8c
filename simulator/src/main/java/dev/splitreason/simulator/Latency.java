package dev.splitreason.simulator;

import java.util.Arrays;

/**
 * A distribution of latencies, in seconds.
 *
 * @param mean the arithmetic mean
 * @param p50 half are at most this
 * @param p90 nine in ten are at most this
 * @param p99 ninety-nine in a hundred are at most this
 */
public record Latency(double mean, double p50, double p90, double p99) {

  /** The distribution of at least one latency; percentiles by nearest rank. */
  public static Latency of(double[] seconds) {
    if (seconds.length == 0) {
      throw new IllegalArgumentException("no latencies");
    }
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).sum() / sorted.length;
    return new Latency(mean, rank(sorted, 0.5), rank(sorted, 0.9), rank(sorted, 0.99));
  }

  private static double rank(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
