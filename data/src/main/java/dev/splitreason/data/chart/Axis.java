package dev.splitreason.data.chart;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A quantity that is drawn along an edge of a chart.
 *
 * @param title what it is, with its unit
 * @param least where the axis begins
 * @param most where it ends
 * @param leastStep no two ticks are nearer than this: 1 for whole numbers, 0 for any
 */
public record Axis(String title, double least, double most, double leastStep) {

  /** An axis of a range that is known beforehand. */
  public static Axis between(String title, double least, double most) {
    return new Axis(title, least, most, 0);
  }

  /** From 0, or from what lies below, to the largest value. */
  public static Axis fromZero(String title, List<double[]> values) {
    double[] shown = finite(values);
    double least = Math.min(0, Arrays.stream(shown).min().orElse(0));
    double most = Math.max(0, Arrays.stream(shown).max().orElse(0));
    return new Axis(title, least, least == most ? 1 : most, 0);
  }

  /** From the first to the last of whole numbers. */
  public static Axis ofWhole(String title, List<double[]> values) {
    double[] shown = finite(values);
    double least = Arrays.stream(shown).min().orElse(0);
    double most = Arrays.stream(shown).max().orElse(1);
    return new Axis(title, least, least == most ? least + 1 : most, 1);
  }

  private static double[] finite(List<double[]> values) {
    return values.stream().flatMapToDouble(DoubleStream::of).filter(Double::isFinite).toArray();
  }
}
