package dev.splitreason.data.chart;

import dev.splitreason.data.chart.Series.Kind;
import dev.splitreason.data.chart.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Series over a common axis, with a second axis for those of another unit: titles above their axes,
 * round ticks, and a legend below where there is more than one series. No label covers another.
 *
 * @param title what the chart shows, for who cannot see it
 * @param across the axis below
 * @param left the axis of {@code series}
 * @param series drawn in order
 * @param right the axis of {@code others}, or null if there are none
 * @param others drawn over them
 */
public record Chart(
    String title,
    Axis across,
    Axis left,
    List<Series> series,
    @Nullable Axis right,
    List<Series> others) {

  private static final double WIDTH = 480;
  private static final double PLOT_HEIGHT = 220;
  private static final double LINE = 18;
  private static final double MARGIN = 8;

  public Chart {
    series = List.copyOf(series);
    others = List.copyOf(others);
  }

  /** A chart with one axis on the left. */
  public Chart(String title, Axis across, Axis left, List<Series> series) {
    this(title, across, left, series, null, List.of());
  }

  /** The chart as SVG. */
  public String svg() {
    return new Drawing().draw();
  }

  /** The chart as PNG. */
  public byte[] png() {
    return Png.of(svg());
  }

  /** Where everything stands: margins depend on labels, and labels on the ticks. */
  private final class Drawing {

    private final Ticks leftTicks =
        Ticks.upward(left.least(), left.most(), PLOT_HEIGHT, left.leastStep());
    private final @Nullable Ticks rightTicks =
        right == null
            ? null
            : Ticks.upward(right.least(), right.most(), PLOT_HEIGHT, right.leastStep());
    private final double x0 = MARGIN + widest(leftTicks) + 6;
    private final double x1;
    private final double y0;
    private final double y1;
    private final List<List<Series>> legend;
    private final Svg svg;

    Drawing() {
      x1 = WIDTH - (rightTicks == null ? 2.5 * MARGIN : MARGIN + widest(rightTicks) + 6);
      boolean sideBySide =
          right == null || Svg.widthOf(left.title()) + Svg.widthOf(right.title()) + LINE < WIDTH;
      y1 = MARGIN + (sideBySide ? LINE : 2 * LINE) + MARGIN;
      y0 = y1 + PLOT_HEIGHT;
      List<Series> all = Stream.concat(series.stream(), others.stream()).toList();
      legend = all.size() < 2 ? List.of() : rows(all);
      svg = new Svg(WIDTH, y0 + (2.4 + legend.size()) * LINE + MARGIN, title);
    }

    String draw() {
      axes();
      series.forEach(shown -> show(shown, left));
      if (right != null) {
        others.forEach(shown -> show(shown, right));
      }
      legend();
      return svg.end();
    }

    private void axes() {
      svg.text(MARGIN, MARGIN + 12, Anchor.START, Svg.FONT, Svg.INK, left.title());
      for (int i = 0; i < leftTicks.values().size(); i++) {
        double y = y(leftTicks.values().get(i), left);
        svg.line(x0, y, x1, y, Svg.stroke(Svg.GRID));
        svg.text(x0 - 6, y + 4.5, Anchor.END, Svg.FONT, Svg.PALE_INK, leftTicks.labels().get(i));
      }
      if (right != null && rightTicks != null) {
        svg.text(WIDTH - MARGIN, y1 - MARGIN - 6, Anchor.END, Svg.FONT, Svg.INK, right.title());
        for (int i = 0; i < rightTicks.values().size(); i++) {
          double y = y(rightTicks.values().get(i), right);
          svg.text(
              x1 + 6, y + 4.5, Anchor.START, Svg.FONT, Svg.PALE_INK, rightTicks.labels().get(i));
        }
      }
      Ticks ticks = Ticks.across(across.least(), across.most(), x1 - x0, across.leastStep());
      for (int i = 0; i < ticks.values().size(); i++) {
        double x = x(ticks.values().get(i));
        String label = ticks.labels().get(i);
        double half = Svg.widthOf(label) / 2;
        svg.line(x, y0, x, y0 + 4, Svg.stroke(Svg.PALE_INK));
        svg.text(
            Math.min(x, WIDTH - half), y0 + LINE, Anchor.MIDDLE, Svg.FONT, Svg.PALE_INK, label);
      }
      svg.line(x0, y0, x1, y0, Svg.stroke(Svg.PALE_INK));
      svg.text((x0 + x1) / 2, y0 + 2 * LINE, Anchor.MIDDLE, Svg.FONT, Svg.INK, across.title());
    }

    private void show(Series shown, Axis axis) {
      int[] numbers =
          IntStream.range(0, shown.x().length).filter(i -> Double.isFinite(shown.y()[i])).toArray();
      double[] x = IntStream.of(numbers).mapToDouble(i -> x(shown.x()[i])).toArray();
      double[] y = IntStream.of(numbers).mapToDouble(i -> y(shown.y()[i], axis)).toArray();
      switch (shown.kind()) {
        case BARS -> bars(x, y, shown.colour(), 0.9);
        case NARROW_BARS -> bars(x, y, shown.colour(), 0.45);
        case LINE, DOTTED_LINE -> {
          svg.path(x, y, Svg.stroke(shown.colour()) + " stroke-width=\"2\"");
          if (shown.kind() == Kind.DOTTED_LINE || x.length == 1) {
            for (int i = 0; i < x.length; i++) {
              svg.dot(x[i], y[i], 3.5, shown.colour(), shown.name());
            }
          }
        }
      }
    }

    private void bars(double[] x, double[] y, String colour, double share) {
      double width = share * (x.length < 2 ? x1 - x0 : x[1] - x[0]);
      for (int i = 0; i < x.length; i++) {
        svg.rectangle(x[i] - width / 2, y[i], width, y0 - y[i], colour);
      }
    }

    /** Names beside each other as long as they fit. */
    private List<List<Series>> rows(List<Series> all) {
      List<List<Series>> rows = new ArrayList<>();
      double used = WIDTH;
      for (Series shown : all) {
        if (used + entry(shown) > WIDTH) {
          rows.add(new ArrayList<>());
          used = MARGIN;
        }
        rows.getLast().add(shown);
        used += entry(shown);
      }
      return rows;
    }

    private void legend() {
      double y = y0 + 3.3 * LINE;
      for (List<Series> row : legend) {
        double x = MARGIN;
        for (Series shown : row) {
          svg.rectangle(x, y - 10, 10, 10, shown.colour());
          svg.text(x + 15, y, Anchor.START, Svg.FONT, Svg.INK, shown.name());
          x += entry(shown);
        }
        y += LINE;
      }
    }

    private static double entry(Series shown) {
      return 15 + Svg.widthOf(shown.name()) + LINE;
    }

    private static double widest(Ticks ticks) {
      return ticks.labels().stream().mapToDouble(Svg::widthOf).max().orElse(0);
    }

    private double x(double place) {
      return x0 + (place - across.least()) / (across.most() - across.least()) * (x1 - x0);
    }

    private double y(double value, Axis axis) {
      return y0 - (value - axis.least()) / (axis.most() - axis.least()) * (y0 - y1);
    }
  }
}
