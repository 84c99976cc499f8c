package dev.splitreason.data.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Round values that mark an axis: multiples of 1, 2 or 5 times a power of ten, as many as have room
 * beside each other.
 *
 * @param values ascending, equally far apart; none lies outside the range that was asked for
 * @param labels one for each, with the decimals that the step needs and no more
 */
public record Ticks(List<Double> values, List<String> labels) {

  /** Between two labels side by side, in units of the drawing. */
  private static final double GAP = 14;

  /** From one label to the one above it. */
  private static final double LINE = 30;

  private static final int MOST = 11;
  private static final List<Integer> ROUND = List.of(1, 2, 5);

  public Ticks {
    values = List.copyOf(values);
    labels = List.copyOf(labels);
  }

  /**
   * The finest ticks whose labels stand side by side without touching.
   *
   * @param length of the axis in units of the drawing
   * @param leastStep no two ticks are nearer than this: 1 for whole numbers, 0 for any
   */
  public static Ticks across(double least, double most, double length, double leastStep) {
    return finest(
        least,
        most,
        leastStep,
        ticks -> {
          double widest = ticks.labels.stream().mapToDouble(Svg::widthOf).max().orElse(0);
          return ticks.apart(most - least, length) >= widest + GAP;
        });
  }

  /** The finest ticks whose labels stand above each other without touching. */
  public static Ticks upward(double least, double most, double length, double leastStep) {
    return finest(least, most, leastStep, ticks -> ticks.apart(most - least, length) >= LINE);
  }

  /** How far a tick is from the next in the drawing. */
  private double apart(double range, double length) {
    return values.size() < 2 ? length : (values.get(1) - values.get(0)) / range * length;
  }

  private static Ticks finest(
      double least, double most, double leastStep, Predicate<Ticks> haveRoom) {
    if (!(least < most) || !Double.isFinite(most - least)) {
      throw new IllegalArgumentException("no axis from " + least + " to " + most);
    }
    int exponent = (int) Math.floor(Math.log10((most - least) / MOST));
    while (true) {
      for (int round : ROUND) {
        BigDecimal step = BigDecimal.valueOf(round).scaleByPowerOfTen(exponent);
        if (step.doubleValue() >= leastStep && (most - least) / step.doubleValue() <= MOST) {
          Ticks ticks = multiples(step, least, most);
          if (ticks.values.size() < 2 || haveRoom.test(ticks)) {
            return ticks;
          }
        }
      }
      exponent++;
    }
  }

  private static Ticks multiples(BigDecimal step, double least, double most) {
    double slack = 1e-9 * (most - least);
    long first = (long) Math.ceil((least - slack) / step.doubleValue());
    List<Double> values = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (long i = first; i * step.doubleValue() <= most + slack; i++) {
      BigDecimal value = step.multiply(BigDecimal.valueOf(i));
      values.add(value.doubleValue());
      labels.add(label(value, Math.max(0, step.scale())));
    }
    return new Ticks(values, labels);
  }

  /** Very small and very large values as powers of ten: a row of zeros is not read. */
  private static String label(BigDecimal value, int decimals) {
    if (value.signum() != 0 && (decimals > 5 || value.abs().doubleValue() >= 1e7)) {
      return value.round(new MathContext(3)).stripTrailingZeros().unscaledValue()
          + "e"
          + -value.round(new MathContext(3)).stripTrailingZeros().scale();
    }
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
