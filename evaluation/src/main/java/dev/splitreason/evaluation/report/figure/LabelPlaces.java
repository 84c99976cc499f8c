package dev.splitreason.evaluation.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds places for labels beside dots, where they cover as little as possible. */
final class LabelPlaces {

  /** Of the labels' font, in units of the drawing. */
  private static final double CHARACTER = 7.6;

  private static final double HEIGHT = 13;

  private final Box drawing;
  private final List<Box> taken = new ArrayList<>();

  LabelPlaces(double left, double top, double right, double bottom) {
    this.drawing = new Box(left, top, right, bottom);
  }

  /**
   * Where a label stands: its left end and its baseline.
   *
   * @param x its left end
   * @param y its baseline
   */
  record Place(double x, double y) {}

  /** Nothing should be written over a dot or a line that reaches so far. */
  void keepFree(double left, double top, double right, double bottom) {
    taken.add(new Box(left, top, right, bottom));
  }

  /** The best place beside a dot; taken from now on. */
  Place beside(double x, double y, String label) {
    double width = CHARACTER * label.length();
    Box best =
        List.of(
                Box.at(x + 8, y - HEIGHT / 2, width),
                Box.at(x - width / 2, y - HEIGHT - 6, width),
                Box.at(x - width / 2, y + 6, width),
                Box.at(x - 8 - width, y - HEIGHT / 2, width),
                Box.at(x + 7, y - HEIGHT - 4, width),
                Box.at(x + 7, y + 4, width),
                Box.at(x - width / 2, y - 2 * HEIGHT - 6, width),
                Box.at(x - width / 2, y + HEIGHT + 6, width))
            .stream()
            .min(Comparator.comparingDouble(this::covered))
            .orElseThrow();
    taken.add(best);
    return new Place(best.left, best.bottom - 2.5);
  }

  private double covered(Box box) {
    double outside = box.area() - box.common(drawing);
    return 10 * outside + taken.stream().mapToDouble(box::common).sum();
  }

  private record Box(double left, double top, double right, double bottom) {

    static Box at(double left, double top, double width) {
      return new Box(left, top, left + width, top + HEIGHT);
    }

    double area() {
      return (right - left) * (bottom - top);
    }

    double common(Box other) {
      double width = Math.min(right, other.right) - Math.max(left, other.left);
      double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
      return width <= 0 || height <= 0 ? 0 : width * height;
    }
  }
}
