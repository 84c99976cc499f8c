package dev.splitreason.data.chart;

/**
 * What a chart shows: values over places. Values that are no numbers are left out.
 *
 * @param name as the legend has it
 * @param kind how it is drawn
 * @param colour as {@code #rrggbb}
 * @param x places, ascending
 * @param y as many values
 */
public record Series(String name, Kind kind, String colour, double[] x, double[] y) {

  /** How values are drawn. */
  public enum Kind {
    /** From one to the next. */
    LINE,
    /** The same, each with a dot: few values, which would be lost as a line. */
    DOTTED_LINE,
    /** As bars from 0, each centred on its place and as wide as places are apart. */
    BARS,
    /** As bars half as wide, to stand before others. */
    NARROW_BARS
  }

  public Series {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " places for " + y.length + " values");
    }
  }
}
