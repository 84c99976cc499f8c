package dev.splitreason.data.stats;

import dev.splitreason.data.tagged.Span;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The statistics as one HTML page that needs nothing else: no script, no network. */
public final class HtmlPage {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Offloading statistics</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; } td, th { padding: .2rem .8rem; text-align: right; }
      td:first-child, th:first-child { text-align: left; } tr { border-bottom: 1px solid #8884; }
      svg { width: 100%; background: #8881; } rect { fill: #2b6cb0; }
      @media (prefers-color-scheme: dark) { body { background: #16181d; color: #e6e6e6; } rect { fill: #63b3ed; } }
      </style></head><body><h1>Offloading statistics</h1>
      """;

  private HtmlPage() {}

  /** The page. */
  public static String of(StatisticsReport report) {
    var page = new StringBuilder(HEAD);
    page.append(
        "<p>%d traces, %d after filtering.</p>"
            .formatted(report.all().traces(), report.kept().traces()));
    section(page, "All traces", report.all());
    section(page, "After filtering", report.kept());
    return page.append("</body></html>\n").toString();
  }

  private static void section(StringBuilder page, String title, TraceStatistics statistics) {
    page.append("<h2>").append(title).append("</h2>\n<table><tr><th></th><th>mean</th>");
    for (String level : new String[] {"least", "5 %", "25 %", "median", "75 %", "95 %", "most"}) {
      page.append("<th>").append(level).append("</th>");
    }
    page.append("</tr>\n");
    row(page, "offloaded share (%)", statistics.offloadShare(), 100);
    row(page, "spans a trace", statistics.spansPerTrace(), 1);
    row(page, "characters a span", statistics.spanCharacters(), 1);
    row(page, "tokens a span", statistics.spanTokens(), 1);
    row(page, "characters a trace", statistics.lengths(), 1);
    page.append(
        "</table>\n<p>%s %% of the traces have less than 20 %% offloaded. Tags that pair with none: %s.</p>\n"
            .formatted(
                number(100 * statistics.shareUnderFifth()),
                statistics.defects().isEmpty() ? "none" : statistics.defects()));
    page.append("<h3>Where spans are, from the beginning of a trace to its end</h3>\n");
    bars(page, statistics.positions());
    page.append("<h3>Offloaded share: how many traces, from least to most</h3>\n");
    bars(page, Arrays.stream(statistics.offloadShare().histogram()).asDoubleStream().toArray());
    page.append("<h3>Spans of ten traces drawn at random</h3>\n");
    for (SpanLayout sample : statistics.samples()) {
      strip(page, sample);
    }
  }

  private static void row(
      StringBuilder page, String name, @Nullable DistributionSummary distribution, double scale) {
    if (distribution == null) {
      return;
    }
    page.append("<tr><td>").append(name).append("</td><td>");
    page.append(number(distribution.mean() * scale)).append("</td>");
    for (double quantile : distribution.quantiles()) {
      page.append("<td>").append(number(quantile * scale)).append("</td>");
    }
    page.append("</tr>\n");
  }

  private static void bars(StringBuilder page, double[] values) {
    double most = Arrays.stream(values).max().orElse(0);
    page.append(
        "<svg viewBox=\"0 0 %d 20\" preserveAspectRatio=\"none\" height=\"160\">"
            .formatted(values.length));
    for (int i = 0; i < values.length; i++) {
      double height = most == 0 ? 0 : 20 * values[i] / most;
      rectangle(page, i + 0.05, 20 - height, 0.9, height);
    }
    page.append("</svg>\n");
  }

  private static void strip(StringBuilder page, SpanLayout trace) {
    page.append(
        "<svg viewBox=\"0 0 %d 1\" preserveAspectRatio=\"none\" height=\"16\"><title>%s</title>"
            .formatted(Math.max(1, trace.length()), escaped(trace.id())));
    for (Span span : trace.spans()) {
      rectangle(page, span.start(), 0, span.length(), 1);
    }
    page.append("</svg>\n");
  }

  private static void rectangle(
      StringBuilder page, double x, double y, double width, double height) {
    page.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
            x,
            y,
            width,
            height));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
