package dev.splitreason.evaluation.report.figure;

/**
 * Something that answers, as it stands in a figure.
 *
 * @param number by which it is called in the figure
 * @param name what the legend says
 * @param colour as {@code #rrggbb}
 * @param cost where it stands across
 * @param accuracy 0 … 1
 * @param low the lower end of the accuracy's interval
 * @param high the upper end
 */
public record Point(
    int number, String name, String colour, double cost, double accuracy, double low, double high) {

  /** Whether it is at least as cheap and accurate as another, and not the same in both. */
  boolean beats(Point other) {
    return cost <= other.cost
        && accuracy >= other.accuracy
        && (cost < other.cost || accuracy > other.accuracy);
  }
}
