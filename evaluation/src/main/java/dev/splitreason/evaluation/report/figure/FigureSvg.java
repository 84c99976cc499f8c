package dev.splitreason.evaluation.report.figure;

import dev.splitreason.data.chart.Svg;
import dev.splitreason.data.chart.Svg.Anchor;
import dev.splitreason.evaluation.report.figure.LabelPlaces.Place;
import java.util.ArrayList;
import java.util.List;

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
  private static final double LABEL_GAP = 8;
  private static final String WHISKERS = "whiskers: 95 % intervals";
  private static final int LEGEND_LINE = 19;
  private static final int RADIUS = 5;

  private static final String FRONT =
      "stroke=\"#8c959f\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"";

  private final Figure figure;
  private final boolean legend;
  private final double most;
  private final Svg svg;

  FigureSvg(Figure figure, boolean legend) {
    this.figure = figure;
    this.legend = legend;
    double dearest = figure.points().stream().mapToDouble(Point::cost).max().orElse(0);
    this.most = dearest > 0 ? dearest : 1;
    this.svg =
        new Svg(
            legend ? WIDTH + legendWidth() : WIDTH,
            legend ? Math.max(HEIGHT, LEGEND_LINE * (figure.points().size() + 5)) : HEIGHT,
            "Accuracy against " + figure.axis());
  }

  String draw() {
    axes();
    front();
    figure.points().forEach(this::whisker);
    for (Point point : figure.points()) {
      String name = point.number() + " " + point.name();
      svg.dot(x(point.cost()), y(point.accuracy()), RADIUS, point.colour(), name);
    }
    labels();
    if (legend) {
      legend();
    }
    return svg.end();
  }

  private void axes() {
    for (int percent = 0; percent <= 100; percent += 20) {
      double y = y(percent / 100.0);
      svg.line(LEFT, y, RIGHT, y, Svg.stroke(Svg.GRID));
      svg.text(LEFT - 7, y + 4, Anchor.END, Svg.FONT, Svg.PALE_INK, Integer.toString(percent));
    }
    double free = Double.NEGATIVE_INFINITY;
    for (Scale.Tick tick : figure.scale().ticks(most, RIGHT - LEFT)) {
      double x = x(tick.value());
      double half = Svg.widthOf(tick.label()) / 2;
      if (x - half >= free) {
        svg.line(x, TOP, x, BOTTOM, Svg.stroke(Svg.GRID));
        svg.text(x, BOTTOM + 18, Anchor.MIDDLE, Svg.FONT, Svg.PALE_INK, tick.label());
        free = x + half + LABEL_GAP;
      }
    }
    svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 8, Anchor.MIDDLE, 14, Svg.INK, figure.axis());
    svg.text(LEFT - 30, 13, Anchor.START, Svg.FONT, Svg.INK, "% right");
  }

  private void front() {
    List<Point> front = figure.paretoFront();
    svg.path(
        front.stream().mapToDouble(point -> x(point.cost())).toArray(),
        front.stream().mapToDouble(point -> y(point.accuracy())).toArray(),
        FRONT);
  }

  private void whisker(Point point) {
    double x = x(point.cost());
    svg.line(
        x,
        y(point.low()),
        x,
        y(point.high()),
        Svg.stroke(point.colour()) + " stroke-width=\"2\" stroke-opacity=\"0.45\"");
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
      svg.label(place.x(), place.y(), spot.label());
    }
  }

  /** As wide as the longest name, so that none is cut. */
  private double legendWidth() {
    double longest =
        figure.points().stream().map(Point::name).mapToDouble(Svg::widthOf).max().orElse(0);
    return Math.max(Svg.widthOf(WHISKERS) - 20, longest) + 60;
  }

  private void legend() {
    int y = TOP + 8;
    for (Point point : figure.points()) {
      svg.dot(WIDTH + 16, y - 4, RADIUS, point.colour(), point.name());
      String number = Integer.toString(point.number());
      svg.text(WIDTH + 44, y, Anchor.END, Svg.FONT, Svg.INK, number);
      svg.text(WIDTH + 52, y, Anchor.START, Svg.FONT, Svg.INK, point.name());
      y += LEGEND_LINE;
    }
    svg.line(WIDTH + 4, y - 4, WIDTH + 25, y - 4, FRONT);
    svg.text(WIDTH + 30, y, Anchor.START, 12, Svg.PALE_INK, "dashed: Pareto front");
    svg.text(WIDTH + 30, y + LEGEND_LINE, Anchor.START, 12, Svg.PALE_INK, WHISKERS);
  }

  private double x(double cost) {
    Scale scale = figure.scale();
    return LEFT + scale.position(cost) / scale.position(most * 1.02) * (RIGHT - LEFT);
  }

  private static double y(double accuracy) {
    return BOTTOM - accuracy * (BOTTOM - TOP);
  }
}
