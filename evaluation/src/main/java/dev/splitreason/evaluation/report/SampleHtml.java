package dev.splitreason.evaluation.report;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.run.Sample;
import java.util.List;
import java.util.Locale;

/** Samples as HTML: what the large model wrote is marked, and where in the answer it stands. */
final class SampleHtml {

  private static final int BINS = 20;

  private SampleHtml() {}

  /** One sample with its spans drawn. */
  static String of(Sample sample) {
    var html = new StringBuilder("<details open><summary>");
    html.append(Html.escape(sample.problem().id() + " · " + sample.key().contender().policy()));
    html.append(" · ").append(sample.outcome().name().toLowerCase(Locale.ROOT));
    html.append("</summary><p>").append(Html.escape(sample.problem().text())).append("</p><pre>");
    Trace trace = sample.trace();
    if (trace == null) {
      html.append(Html.escape(sample.reason()));
    } else {
      for (Segment segment : trace.segments()) {
        String text = Html.escape(segment.text());
        html.append(segment.author() == Author.LARGE ? "<mark>" + text + "</mark>" : text);
      }
    }
    return html.append("</pre></details>").toString();
  }

  /** How often the large model wrote in each twentieth of an answer, as SVG bars. */
  static String spanPositions(List<Sample> samples) {
    double[] tokens = new double[BINS];
    for (Sample sample : samples) {
      Trace trace = sample.trace();
      if (trace != null) {
        count(trace, tokens);
      }
    }
    double most = 1;
    for (double bin : tokens) {
      most = Math.max(most, bin);
    }
    var svg = new StringBuilder("<svg viewBox=\"0 0 640 140\" role=\"img\">");
    for (int i = 0; i < BINS; i++) {
      double height = 110 * tokens[i] / most;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"bar\" x=\"%d\" y=\"%.1f\" width=\"28\" height=\"%.1f\"/>",
              i * 32 + 2,
              115 - height,
              height));
    }
    return svg.append("<text x=\"2\" y=\"134\">begin of the answer</text>")
        .append("<text x=\"638\" y=\"134\" text-anchor=\"end\">end</text></svg>")
        .toString();
  }

  private static void count(Trace trace, double[] tokens) {
    int kept = trace.usage().smallTokens() + trace.usage().largeTokens();
    int at = 0;
    for (Segment segment : trace.segments()) {
      for (int i = 0; i < segment.tokens(); i++, at++) {
        if (segment.author() == Author.LARGE) {
          tokens[Math.min(BINS - 1, at * BINS / Math.max(1, kept))]++;
        }
      }
    }
  }
}
