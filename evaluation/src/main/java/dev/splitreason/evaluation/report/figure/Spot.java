package dev.splitreason.evaluation.report.figure;

import java.util.ArrayList;
import java.util.List;

/** Points that lie so close together in a drawing that they share a label. */
final class Spot {

  /** In units of the drawing: closer dots overlap. */
  private static final double CLOSE = 10;

  private final double x;
  private final double y;
  private final List<Integer> numbers = new ArrayList<>();

  private Spot(double x, double y) {
    this.x = x;
    this.y = y;
  }

  /** Adds a point to the spot it belongs to. */
  static void add(List<Spot> spots, int number, double x, double y) {
    for (Spot spot : spots) {
      if (Math.hypot(spot.x - x, spot.y - y) < CLOSE) {
        spot.numbers.add(number);
        return;
      }
    }
    Spot spot = new Spot(x, y);
    spot.numbers.add(number);
    spots.add(spot);
  }

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  /** Its numbers, neighbouring ones as a range: {@code 3, 5–9}. */
  String label() {
    var label = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      int first = i;
      while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) {
        i++;
      }
      label.append(label.isEmpty() ? "" : ", ").append(numbers.get(first));
      if (i > first) {
        label.append(i == first + 1 ? ", " : "–").append(numbers.get(i));
      }
    }
    return label.toString();
  }
}
