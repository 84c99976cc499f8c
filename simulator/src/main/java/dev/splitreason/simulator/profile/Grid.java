package dev.splitreason.simulator.profile;

import dev.splitreason.core.error.UserMistake;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Seconds measured at every combination of two quantities, interpolated linearly in both. Below the
 * first point the first value holds; beyond the last the last slope goes on, but never downwards.
 *
 * @param columns the first quantity, ascending (batch size, or tokens prefilled)
 * @param contexts the second quantity, ascending: the length of a sequence before the pass
 * @param seconds shape [contexts][columns]
 */
public record Grid(List<Integer> columns, List<Integer> contexts, List<List<Double>> seconds) {

  public Grid {
    columns = List.copyOf(columns);
    contexts = List.copyOf(contexts);
    seconds = seconds.stream().map(List::copyOf).toList();
    requireAscending("columns", columns);
    requireAscending("contexts", contexts);
    if (seconds.size() != contexts.size()) {
      throw new UserMistake(
          "seconds must have a row for each of the "
              + contexts.size()
              + " contexts, not "
              + seconds.size());
    }
    for (List<Double> row : seconds) {
      if (row.size() != columns.size()) {
        throw new UserMistake(
            "a row of seconds must have " + columns.size() + " values, not " + row.size());
      }
      row.forEach(value -> Check.positive("seconds", value));
    }
  }

  /** The value at a point, which need not be one that was measured. */
  public double at(double column, double context) {
    return interpolate(
        contexts,
        context,
        row -> interpolate(columns, column, index -> seconds.get(row).get(index)));
  }

  private interface Values {
    double at(int index);
  }

  private static double interpolate(List<Integer> axis, double x, Values values) {
    if (axis.size() == 1 || x <= axis.getFirst()) {
      return values.at(0);
    }
    int right = 1;
    while (right < axis.size() - 1 && axis.get(right) < x) {
      right++;
    }
    double x0 = axis.get(right - 1);
    double x1 = axis.get(right);
    double y0 = values.at(right - 1);
    double y1 = values.at(right);
    if (x > x1) {
      return y1 + Math.max(0, (y1 - y0) / (x1 - x0)) * (x - x1);
    }
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
  }

  private static void requireAscending(String name, List<Integer> axis) {
    boolean ascending =
        IntStream.range(1, axis.size()).allMatch(i -> axis.get(i - 1) < axis.get(i));
    if (axis.isEmpty() || axis.getFirst() < 0 || !ascending) {
      throw new UserMistake(name + " must ascend from 0 or more, not " + axis);
    }
  }
}
