package dev.splitreason.data.stats;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statistics as one HTML page that needs nothing else: no script, no network. */
public final class HtmlPage {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Offloading statistics</title>
      <style>
      :root { color-scheme: light dark; --line: #d8dee4; --pale: #57606a }
      * { box-sizing: border-box }
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 74rem; margin: 0 auto; padding: 1rem }
      h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0 }
      h2 { font-size: 1.2rem; margin: 0 0 .4rem }
      .note { color: var(--pale); font-size: .9rem }
      .scroll { overflow-x: auto }
      table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums }
      th { vertical-align: bottom; border-bottom: 2px solid var(--line) }
      th, td { padding: .3rem .6rem; text-align: right; white-space: nowrap }
      th:first-child, td:first-child { padding-left: 0 }
      tr.last td { border-bottom: 1px solid var(--line) }
      .left { text-align: left }
      .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 2rem 1.5rem; margin-top: 2rem }
      figure { margin: 0; min-width: 0; max-width: 40rem }
      svg { display: block; width: 100%; height: auto; font-family: inherit }
      @media (prefers-color-scheme: dark) {
        :root { --line: #3d444d; --pale: #9198a1 }
        svg text { fill: #d1d7e0 }
        svg line { stroke: #3d444d }
        svg rect[fill="#eaeef2"] { fill: #2a313c }
        svg rect[fill="#b6d3f5"] { fill: #35506f }
        svg polyline[stroke="#b6d3f5"] { stroke: #35506f }
      }
      @media print {
        @page { size: A4; margin: 14mm }
        html { font-size: 10.5px }
        figure, tr { break-inside: avoid }
        .figures { grid-template-columns: 1fr 1fr }
        .scroll { overflow: visible }
      }
      </style></head><body><h1>Offloading statistics</h1>
      """;

  private static final List<String> LEVELS =
      List.of("least", "5 %", "25 %", "median", "75 %", "95 %", "most");

  private final StatisticsReport report;
  private final StringBuilder page = new StringBuilder(HEAD);

  private HtmlPage(StatisticsReport report) {
    this.report = report;
  }

  /** The page. */
  public static String of(StatisticsReport report) {
    return new HtmlPage(report).page();
  }

  private String page() {
    TraceStatistics all = report.all();
    page.append("<p>%d traces, %d after filtering".formatted(all.traces(), report.kept().traces()));
    page.append(report.keepsAll() ? ": the filter keeps all of them.</p>\n" : ".</p>\n");
    table();
    page.append(
        "<p class=\"note\">Tags that pair with none: %s.</p>\n".formatted(all.defectsInWords()));
    Figures figures = Figures.of(report);
    page.append("<div class=\"figures\">\n");
    figure("Where spans are", figures.positions().svg());
    figure("How much is offloaded", figures.shares().svg());
    figure("Spans of traces drawn at random", figures.samples());
    return page.append("</div></body></html>\n").toString();
  }

  private void table() {
    page.append("<div class=\"scroll\"><table><thead><tr><th></th>");
    if (!report.keepsAll()) {
      page.append("<th class=\"left\">traces</th>");
    }
    page.append("<th>mean</th>");
    LEVELS.forEach(level -> page.append("<th>").append(level).append("</th>"));
    page.append("</tr></thead><tbody>\n");
    rows("offloaded, %", TraceStatistics::offloadShare, 100);
    rows("spans a trace", TraceStatistics::spansPerTrace, 1);
    rows("characters a span", TraceStatistics::spanCharacters, 1);
    rows("tokens a span", TraceStatistics::spanTokens, 1);
    rows("characters a trace", TraceStatistics::lengths, 1);
    page.append("</tbody></table></div>\n<p>Less than 20 % are offloaded in ");
    page.append(number(100 * report.all().shareUnderFifth())).append(" % of the traces");
    if (!report.keepsAll()) {
      page.append(", after filtering in ");
      page.append(number(100 * report.kept().shareUnderFifth())).append(" %");
    }
    page.append(".</p>\n");
  }

  /** A quantity of all traces, and below it of those that are kept if these are others. */
  private void rows(
      String name, Function<TraceStatistics, @Nullable DistributionSummary> of, double scale) {
    DistributionSummary all = of.apply(report.all());
    DistributionSummary kept = of.apply(report.kept());
    if (report.keepsAll()) {
      row(name, null, all, scale);
    } else {
      row(name, "all", all, scale);
      row("", "kept", kept, scale);
    }
  }

  private void row(
      String name, @Nullable String set, @Nullable DistributionSummary values, double scale) {
    if (values == null) {
      return;
    }
    page.append("all".equals(set) ? "<tr>" : "<tr class=\"last\">");
    page.append("<td class=\"left\">").append(name).append("</td>");
    if (set != null) {
      page.append("<td class=\"left\">").append(set).append("</td>");
    }
    page.append("<td>").append(number(values.mean() * scale)).append("</td>");
    for (double quantile : values.quantiles()) {
      page.append("<td>").append(number(quantile * scale)).append("</td>");
    }
    page.append("</tr>\n");
  }

  private void figure(String title, String svg) {
    page.append("<figure><h2>").append(title).append("</h2>").append(svg).append("</figure>\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.2f", value);
  }
}
