package dev.splitreason.evaluation.report.figure;

import dev.splitreason.data.chart.Ticks;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** How values stand on an axis that begins at 0. */
public enum Scale {
  /** Equal distances for equal differences. */
  LINEAR {
    @Override
    double position(double value) {
      return value;
    }

    @Override
    List<Tick> ticks(double most, double length) {
      Ticks ticks = Ticks.across(0, most, length, 0);
      return IntStream.range(0, ticks.values().size())
          .mapToObj(i -> new Tick(ticks.values().get(i), ticks.labels().get(i)))
          .toList();
    }
  },
  /** More room for small shares than for large ones, and a place for 0. */
  ROOT {
    @Override
    double position(double value) {
      return Math.sqrt(value);
    }

    @Override
    List<Tick> ticks(double most, double length) {
      return SHARES.stream()
          .map(BigDecimal::new)
          .map(share -> new Tick(share.doubleValue(), share.toPlainString()))
          .filter(tick -> tick.value <= most && (tick.value == 0 || tick.value >= most / 100))
          .toList();
    }
  };

  private static final List<String> SHARES =
      List.of("0", "0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50", "100");

  /**
   * A value that is marked.
   *
   * @param value where
   * @param label how it is written
   */
  record Tick(double value, String label) {}

  /** Where a value stands, up to a factor. */
  abstract double position(double value);

  /**
   * Values to mark, up to the largest one shown.
   *
   * @param length of the axis in units of the drawing
   */
  abstract List<Tick> ticks(double most, double length);
}
