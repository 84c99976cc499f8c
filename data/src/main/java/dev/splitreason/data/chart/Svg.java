package dev.splitreason.data.chart;

import java.util.Formatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A drawing as SVG, element by element. All that it looks like is said in the elements, so that it
 * is drawn alike in a page and as a {@linkplain Png picture}.
 */
public final class Svg {

  /** Lines behind what is shown. */
  public static final String GRID = "#e6e9ed";

  /** Text. */
  public static final String INK = "#24292f";

  /** Text that explains. */
  public static final String PALE_INK = "#57606a";

  /** The size of most texts, in units of the drawing. */
  public static final int FONT = 13;

  /** Of a sans-serif font of that size: no common one is wider on average. */
  private static final double CHARACTER = 7.8;

  private final Formatter svg = new Formatter(Locale.ROOT);

  /** Begins a drawing that is that many units large. */
  public Svg(double width, double height, String title) {
    svg.format(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" font-family=\"sans-serif\">",
        number(width), number(height));
    svg.format("<title>%s</title>", escape(title));
  }

  /** Where a text stands from: its left end, middle or right end. */
  public enum Anchor {
    START,
    MIDDLE,
    END;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How wide a text of the usual size is at most, in units of the drawing. */
  public static double widthOf(String text) {
    return CHARACTER * text.codePointCount(0, text.length());
  }

  /** Adds a line. */
  public Svg line(double x1, double y1, double x2, double y2, String stroke) {
    svg.format(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" %s/>",
        number(x1), number(y1), number(x2), number(y2), stroke);
    return this;
  }

  /** What {@link #line} takes for a plain line. */
  public static String stroke(String colour) {
    return "stroke=\"" + colour + "\"";
  }

  /** Adds a line through points. */
  public Svg path(double[] x, double[] y, String look) {
    String points =
        IntStream.range(0, x.length)
            .mapToObj(i -> number(x[i]) + "," + number(y[i]))
            .collect(Collectors.joining(" "));
    svg.format("<polyline points=\"%s\" fill=\"none\" %s/>", points, look);
    return this;
  }

  /** Adds a filled rectangle. */
  public Svg rectangle(double x, double y, double width, double height, String colour) {
    svg.format(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>",
        number(x), number(y), number(width), number(height), colour);
    return this;
  }

  /** Adds a dot, which tells its name where somebody points at it. */
  public Svg dot(double x, double y, double radius, String colour, String name) {
    svg.format(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"#ffffff\"><title>%s</title></circle>",
        number(x), number(y), number(radius), colour, escape(name));
    return this;
  }

  /** Adds a text; {@code y} is its baseline. */
  public Svg text(double x, double y, Anchor anchor, int size, String colour, String text) {
    svg.format(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>",
        number(x), number(y), anchor.word(), size, colour, escape(text));
    return this;
  }

  /** Adds a text that stays readable over lines. */
  public Svg label(double x, double y, String text) {
    svg.format(
        "<text x=\"%s\" y=\"%s\" font-size=\"%d\" fill=\"none\" stroke=\"#ffffff\""
            + " stroke-width=\"3\" stroke-linejoin=\"round\">%s</text>",
        number(x), number(y), FONT, escape(text));
    return text(x, y, Anchor.START, FONT, INK, text);
  }

  /** The drawing. */
  public String end() {
    return svg.format("</svg>").toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
