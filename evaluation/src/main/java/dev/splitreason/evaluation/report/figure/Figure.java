package dev.splitreason.evaluation.report.figure;

import dev.splitreason.data.chart.Png;
import java.util.Comparator;
import java.util.List;

/**
 * A figure of accuracy against a cost.
 *
 * @param axis what the cost is, with its unit
 * @param scale how costs stand across
 * @param points in the order of their numbers
 */
public record Figure(String axis, Scale scale, List<Point> points) {

  public Figure {
    points = List.copyOf(points);
  }

  /** The points that no other beats in cost and accuracy, from cheap to dear. */
  List<Point> paretoFront() {
    return points.stream()
        .filter(point -> points.stream().noneMatch(other -> other.beats(point)))
        .sorted(Comparator.comparingDouble(Point::cost))
        .toList();
  }

  /** The figure as SVG for a page that explains its numbers. */
  public String svg() {
    return new FigureSvg(this, false).draw();
  }

  /** The figure as PNG, with a legend. */
  public byte[] png() {
    return Png.of(new FigureSvg(this, true).draw());
  }
}
