package dev.splitreason.simulator.measure;

import dev.splitreason.simulator.profile.Grid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Seconds as they come in, with gaps where a measurement failed; what is left without the gaps is a
 * grid.
 */
final class MeasuredGrid {

  private record Point(int column, int context) {}

  private final List<Integer> columns;
  private final List<Integer> contexts;
  private final Map<Point, Double> seconds = new HashMap<>();

  MeasuredGrid(List<Integer> columns, List<Integer> contexts) {
    this.columns = new ArrayList<>(columns);
    this.contexts = new ArrayList<>(contexts);
  }

  void put(int column, int context, double value) {
    seconds.put(new Point(column, context), value);
  }

  /**
   * What was measured at every combination of as many columns and contexts as can be: whichever has
   * the most gaps goes first, a column before a context that has as many.
   *
   * @return null if nothing was measured
   */
  @Nullable Grid whole() {
    while (!columns.isEmpty() && !contexts.isEmpty()) {
      Integer context = Collections.max(contexts, Comparator.comparingInt(this::gapsAfter));
      Integer column = Collections.max(columns, Comparator.comparingInt(this::gapsOf));
      if (gapsAfter(context) == 0) {
        return new Grid(columns, contexts, contexts.stream().map(this::row).toList());
      }
      if (gapsAfter(context) > gapsOf(column)) {
        contexts.removeIf(context::equals);
      } else {
        columns.removeIf(column::equals);
      }
    }
    return null;
  }

  private List<Double> row(int context) {
    return columns.stream()
        .map(column -> Objects.requireNonNull(seconds.get(new Point(column, context))))
        .toList();
  }

  private int gapsAfter(int context) {
    return (int) columns.stream().filter(column -> isGap(column, context)).count();
  }

  private int gapsOf(int column) {
    return (int) contexts.stream().filter(context -> isGap(column, context)).count();
  }

  private boolean isGap(int column, int context) {
    return !seconds.containsKey(new Point(column, context));
  }
}
