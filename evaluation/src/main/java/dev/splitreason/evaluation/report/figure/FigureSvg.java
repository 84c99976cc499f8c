package dev.splitreason.evaluation.report.figure;

import dev.splitreason.evaluation.report.figure.LabelPlaces.Place;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws a figure as SVG: intervals as whiskers, the Pareto front as a dashed line, every dot with
 * its number. All that it looks like is said in the elements, so that it is drawn alike anywhere.
 */
final class FigureSvg {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;
  private static final int LEFT = 40;
  private static final int RIGHT = 462;
  private static final int TOP = 34;
  private static final int BOTTOM = 314;
  private static final int LEGEND_WIDTH = 210;
  private static final int LEGEND_LINE = 19;
  private static final int RADIUS = 5;

  private static final String GRID = "#e6e9ed";
  private static final String INK = "#24292f";
  private static final String PALE_INK = "#57606a";

  private static final String FRONT =
      "stroke=\"#8c959f\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"";

  private final Figure figure;
  private final boolean legend;
  private final double most;
  private final Formatter svg = new Formatter(Locale.ROOT);

  FigureSvg(Figure figure, boolean legend) {
    this.figure = figure;
    this.legend = legend;
    double dearest = figure.points().stream().mapToDouble(Point::cost).max().orElse(0);
    this.most = dearest > 0 ? dearest : 1;
  }

  String draw() {
    int width = legend ? WIDTH + LEGEND_WIDTH : WIDTH;
    int height = legend ? Math.max(HEIGHT, LEGEND_LINE * (figure.points().size() + 3)) : HEIGHT;
    svg.format(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\">", width, height);
    svg.format("<title>Accuracy against %s</title>", escape(figure.axis()));
    axes();
    front();
    figure.points().forEach(this::whisker);
    figure.points().forEach(this::dot);
    labels();
    if (legend) {
      legend();
    }
    return svg.format("</svg>").toString();
  }

  private void axes() {
    for (int percent = 0; percent <= 100; percent += 20) {
      double y = y(percent / 100.0);
      line(LEFT, y, RIGHT, y, GRID);
      text(LEFT - 7, y + 4, "end", 13, PALE_INK, Integer.toString(percent));
    }
    double last = Double.NEGATIVE_INFINITY;
    for (double tick : figure.scale().ticks(most)) {
      double x = x(tick);
      if (x - last >= 26) {
        line(x, TOP, x, BOTTOM, GRID);
        text(x, BOTTOM + 18, "middle", 13, PALE_INK, trimmed(tick));
        last = x;
      }
    }
    text((LEFT + RIGHT) / 2.0, HEIGHT - 8, "middle", 14, INK, figure.axis());
    text(LEFT - 30, 13, "start", 13, INK, "% right");
  }

  private void front() {
    String points =
        figure.paretoFront().stream()
            .map(point -> number(x(point.cost())) + "," + number(y(point.accuracy())))
            .collect(Collectors.joining(" "));
    svg.format("<polyline points=\"%s\" fill=\"none\" %s/>", points, FRONT);
  }

  private void whisker(Point point) {
    double x = x(point.cost());
    svg.format(
        "<line x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"2\""
            + " stroke-opacity=\"0.45\"/>",
        number(x), number(x), number(y(point.low())), number(y(point.high())), point.colour());
  }

  private void dot(Point point) {
    svg.format(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%d\" fill=\"%s\" stroke=\"#ffffff\"><title>%s</title></circle>",
        number(x(point.cost())),
        number(y(point.accuracy())),
        RADIUS,
        point.colour(),
        escape(point.number() + " " + point.name()));
  }

  private void labels() {
    var places = new LabelPlaces(LEFT, TOP - 18, RIGHT + 14, BOTTOM);
    List<Spot> spots = new ArrayList<>();
    for (Point point : figure.points()) {
      double x = x(point.cost());
      double y = y(point.accuracy());
      places.keepFree(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS);
      places.keepFree(x - 1, y(point.high()), x + 1, y(point.low()));
      Spot.add(spots, point.number(), x, y);
    }
    for (Spot spot : spots) {
      Place place = places.beside(spot.x(), spot.y(), spot.label());
      svg.format(
          "<text x=\"%s\" y=\"%s\" font-size=\"13\" fill=\"none\" stroke=\"#ffffff\""
              + " stroke-width=\"3\" stroke-linejoin=\"round\">%s</text>",
          number(place.x()), number(place.y()), spot.label());
      text(place.x(), place.y(), "start", 13, INK, spot.label());
    }
  }

  private void legend() {
    int y = TOP + 8;
    for (Point point : figure.points()) {
      svg.format(
          "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>",
          WIDTH + 16, y - 4, RADIUS, point.colour());
      text(WIDTH + 44, y, "end", 13, INK, Integer.toString(point.number()));
      text(WIDTH + 52, y, "start", 13, INK, point.name());
      y += LEGEND_LINE;
    }
    svg.format(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" %s/>",
        WIDTH + 4, WIDTH + 25, y - 4, y - 4, FRONT);
    text(WIDTH + 30, y, "start", 12, PALE_INK, "dashed: Pareto front");
    text(WIDTH + 30, y + LEGEND_LINE, "start", 12, PALE_INK, "whiskers: 95 % intervals");
  }

  private void line(double x1, double y1, double x2, double y2, String colour) {
    svg.format(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>",
        number(x1), number(y1), number(x2), number(y2), colour);
  }

  private void text(double x, double y, String anchor, int size, String colour, String text) {
    svg.format(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>",
        number(x), number(y), anchor, size, colour, escape(text));
  }

  private double x(double cost) {
    Scale scale = figure.scale();
    return LEFT + scale.position(cost) / scale.position(most * 1.02) * (RIGHT - LEFT);
  }

  private static double y(double accuracy) {
    return BOTTOM - accuracy * (BOTTOM - TOP);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String trimmed(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
