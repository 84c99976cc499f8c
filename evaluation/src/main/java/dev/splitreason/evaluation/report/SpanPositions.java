package dev.splitreason.evaluation.report;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.run.Sample;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** Where in the answers the large model writes: its share of each twentieth of them. */
final class SpanPositions {

  private static final int BINS = 20;
  private static final int WIDTH = 300;
  private static final int BASE = 84;
  private static final int TALLEST = 66;

  private final double[] large = new double[BINS];
  private final double[] all = new double[BINS];

  private SpanPositions() {}

  static SpanPositions of(List<Sample> samples) {
    var positions = new SpanPositions();
    for (Sample sample : samples) {
      Trace trace = sample.trace();
      if (trace != null) {
        positions.count(trace);
      }
    }
    return positions;
  }

  private void count(Trace trace) {
    int kept = trace.usage().smallTokens() + trace.usage().largeTokens();
    int at = 0;
    for (Segment segment : trace.segments()) {
      for (int i = 0; i < segment.tokens(); i++, at++) {
        int bin = Math.min(BINS - 1, at * BINS / Math.max(1, kept));
        all[bin]++;
        if (segment.author() == Author.LARGE) {
          large[bin]++;
        }
      }
    }
  }

  /** Bars, scaled to the tallest, of which the height is written beside it. */
  String svg(String colour) {
    double[] shares = new double[BINS];
    double most = 0;
    for (int i = 0; i < BINS; i++) {
      shares[i] = all[i] == 0 ? 0 : large[i] / all[i];
      most = Math.max(most, shares[i]);
    }
    var svg = new Formatter(Locale.ROOT);
    svg.format("<svg viewBox=\"0 0 300 106\" role=\"img\" font-size=\"15\">");
    double width = (double) WIDTH / BINS;
    for (int i = 0; i < BINS; i++) {
      double height = most == 0 ? 0 : TALLEST * shares[i] / most;
      svg.format(
          "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
          i * width + 1, BASE - height, width - 2, height, colour);
    }
    svg.format("<line x1=\"0\" x2=\"300\" y1=\"%1$d\" y2=\"%1$d\" stroke=\"#8c959f\"/>", BASE);
    svg.format("<text x=\"0\" y=\"13\" fill=\"#57606a\">at most %.1f %%</text>", 100 * most);
    return svg.format("<text x=\"0\" y=\"101\" fill=\"#57606a\">begin</text>")
        .format("<text x=\"300\" y=\"101\" text-anchor=\"end\" fill=\"#57606a\">end</text></svg>")
        .toString();
  }
}
