package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.metric.Result;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The figure of accuracy against a cost, as SVG that scales with the page: intervals as whiskers,
 * the Pareto front as a line, each point numbered as in the table.
 */
final class FigureSvg {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 52;
  private static final int BOTTOM = 44;
  private static final int MARGIN = 16;
  private static final int TICKS = 5;

  private final ToDoubleFunction<Result> cost;
  private final double most;

  private FigureSvg(ToDoubleFunction<Result> cost, double most) {
    this.cost = cost;
    this.most = most;
  }

  /**
   * Draws a figure.
   *
   * @param label names the cost with its unit
   */
  static String of(List<Result> results, String label, ToDoubleFunction<Result> cost) {
    double most = results.stream().mapToDouble(cost).max().orElse(0);
    return new FigureSvg(cost, most <= 0 ? 1 : most * 1.05).draw(results, label);
  }

  private String draw(List<Result> results, String label) {
    var svg = new StringBuilder();
    svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\">".formatted(WIDTH, HEIGHT));
    for (int i = 0; i <= TICKS; i++) {
      axes((double) i / TICKS, svg);
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
            .formatted((LEFT + WIDTH) / 2, HEIGHT - 6, Html.escape(label)));
    svg.append(
        "<text transform=\"translate(12 %d) rotate(-90)\" text-anchor=\"middle\">accuracy, %%</text>"
            .formatted((HEIGHT - BOTTOM) / 2));
    svg.append(
        Points.paretoFront(results, cost).stream()
            .map(result -> number(x(result)) + "," + number(y(result.accuracy())))
            .collect(Collectors.joining(" ", "<polyline class=\"front\" points=\"", "\"/>")));
    for (int i = 0; i < results.size(); i++) {
      point(i + 1, results.get(i), svg);
    }
    return svg.append("</svg>").toString();
  }

  private void axes(double share, StringBuilder svg) {
    double x = LEFT + share * (WIDTH - LEFT - MARGIN);
    double y = y(share);
    double value = share * most;
    svg.append(
        "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
            .formatted(LEFT, WIDTH - MARGIN, number(y), number(y)));
    svg.append(
        "<text x=\"%d\" y=\"%s\" text-anchor=\"end\">%.0f</text>"
            .formatted(LEFT - 6, number(y + 4), 100 * share));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            number(x),
            HEIGHT - BOTTOM + 18,
            value < 10 && value > 0 ? number(value) : Math.round(value)));
  }

  private void point(int index, Result result, StringBuilder svg) {
    String x = number(x(result));
    svg.append(
        "<line class=\"whisker\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
            .formatted(x, x, number(y(result.ci95().low())), number(y(result.ci95().high()))));
    svg.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"4\"><title>%s</title></circle>"
            .formatted(x, number(y(result.accuracy())), Html.escape(result.contender().policy())));
    svg.append(
        "<text class=\"point\" x=\"%s\" y=\"%s\">%d</text>"
            .formatted(number(x(result) + 6), number(y(result.accuracy()) - 6), index));
  }

  private double x(Result result) {
    return LEFT + cost.applyAsDouble(result) / most * (WIDTH - LEFT - MARGIN);
  }

  private static double y(double accuracy) {
    return HEIGHT - BOTTOM - accuracy * (HEIGHT - BOTTOM - MARGIN);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
