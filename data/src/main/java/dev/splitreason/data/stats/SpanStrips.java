package dev.splitreason.data.stats;

import dev.splitreason.data.chart.Svg;
import dev.splitreason.data.chart.Svg.Anchor;
import dev.splitreason.data.chart.Ticks;
import dev.splitreason.data.tagged.Span;
import java.util.List;
import java.util.Locale;

/** Draws traces as strips, one below the other, with their spans marked. */
final class SpanStrips {

  private static final double WIDTH = 480;
  private static final double LEFT = 8;
  private static final double RIGHT = 464;
  private static final double TOP = 4;
  private static final double ROW = 40;
  private static final double STRIP = 14;

  /** A span that is thinner could not be seen. */
  private static final double THINNEST = 1.5;

  /** As much of a name as stands beside its share. */
  private static final int NAME = 48;

  private static final String PAPER = "#eaeef2";

  private SpanStrips() {}

  /** The strips as SVG, with each trace's name and the share of it that is inside spans. */
  static String of(List<SpanLayout> traces, String colour) {
    double bottom = TOP + ROW * traces.size();
    var svg = new Svg(WIDTH, bottom + 46, "Spans of " + traces.size() + " traces");
    double y = TOP;
    for (SpanLayout trace : traces) {
      row(svg, trace, y, colour);
      y += ROW;
    }
    Ticks ticks = Ticks.across(0, 100, RIGHT - LEFT, 0);
    for (int i = 0; i < ticks.values().size(); i++) {
      double x = LEFT + ticks.values().get(i) / 100 * (RIGHT - LEFT);
      String label = ticks.labels().get(i);
      double left = Math.clamp(x, Svg.widthOf(label) / 2, WIDTH - Svg.widthOf(label) / 2);
      svg.line(x, bottom, x, bottom + 4, Svg.stroke(Svg.PALE_INK));
      svg.text(left, bottom + 18, Anchor.MIDDLE, Svg.FONT, Svg.PALE_INK, label);
    }
    double middle = (LEFT + RIGHT) / 2;
    svg.text(middle, bottom + 36, Anchor.MIDDLE, Svg.FONT, Svg.INK, "place in the trace, %");
    return svg.end();
  }

  private static void row(Svg svg, SpanLayout trace, double top, String colour) {
    svg.text(LEFT, top + 13, Anchor.START, Svg.FONT, Svg.INK, shortened(trace.id()));
    double strip = top + 18;
    svg.rectangle(LEFT, strip, RIGHT - LEFT, STRIP, PAPER);
    double length = Math.max(1, trace.length());
    long inside = 0;
    for (Span span : trace.spans()) {
      double from = LEFT + span.start() / length * (RIGHT - LEFT);
      double width = Math.max(THINNEST, span.length() / length * (RIGHT - LEFT));
      svg.rectangle(from, strip, Math.min(width, RIGHT - from), STRIP, colour);
      inside += span.length();
    }
    String share = String.format(Locale.ROOT, "%.1f %%", 100 * inside / length);
    svg.text(RIGHT, top + 13, Anchor.END, Svg.FONT, Svg.PALE_INK, share);
  }

  /** Both ends of a long name: names of one set often begin alike. */
  private static String shortened(String id) {
    int[] points = id.codePoints().toArray();
    int end = NAME / 2;
    return points.length <= NAME
        ? id
        : new String(points, 0, NAME - end - 1)
            + "…"
            + new String(points, points.length - end, end);
  }
}
