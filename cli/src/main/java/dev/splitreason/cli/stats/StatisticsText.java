package dev.splitreason.cli.stats;

import dev.splitreason.data.stats.DistributionSummary;
import dev.splitreason.data.stats.StatisticsReport;
import dev.splitreason.data.stats.TraceStatistics;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statistics as text: a table for all traces, and one for those that a filter keeps. */
final class StatisticsText {

  private static final String BARS = " ▁▂▃▄▅▆▇█";

  private StatisticsText() {}

  static String of(StatisticsReport report) {
    return section("all traces", report.all()) + "\n" + section("after filtering", report.kept());
  }

  private static String section(String title, TraceStatistics statistics) {
    var text = new StringBuilder();
    text.append(
        "%s: %d, %d of them with spans%n"
            .formatted(title, statistics.traces(), statistics.withSpans()));
    text.append(
        "  %-20s %9s %9s %9s %9s %9s %9s %9s %9s%n"
            .formatted("", "mean", "least", "5 %", "25 %", "median", "75 %", "95 %", "most"));
    row(text, "offloaded (%)", statistics.offloadShare(), 100);
    row(text, "spans a trace", statistics.spansPerTrace(), 1);
    row(text, "characters a span", statistics.spanCharacters(), 1);
    row(text, "tokens a span", statistics.spanTokens(), 1);
    row(text, "characters a trace", statistics.lengths(), 1);
    text.append(
        "  under 20 %% offloaded: %s %% of the traces%n"
            .formatted(number(100 * statistics.shareUnderFifth())));
    text.append("  tags that pair with none: %s%n".formatted(statistics.defectsInWords()));
    text.append("  spans, from beginning to end: %s%n".formatted(bars(statistics.positions())));
    return text.toString();
  }

  private static void row(
      StringBuilder text, String name, @Nullable DistributionSummary distribution, double scale) {
    if (distribution == null) {
      return;
    }
    text.append(String.format(Locale.ROOT, "  %-20s", name));
    text.append(cell(distribution.mean() * scale));
    Arrays.stream(distribution.quantiles()).forEach(value -> text.append(cell(value * scale)));
    text.append('\n');
  }

  private static String cell(double value) {
    return String.format(Locale.ROOT, " %9s", number(value));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
  }

  /** A character a place, as high as the share of traces that are inside a span there. */
  private static String bars(double[] positions) {
    double most = Arrays.stream(positions).max().orElse(0);
    return Arrays.stream(positions)
        .mapToObj(share -> bar(most == 0 ? 0 : share / most))
        .collect(Collectors.joining());
  }

  private static String bar(double height) {
    return String.valueOf(BARS.charAt((int) Math.ceil(height * (BARS.length() - 1))));
  }
}
