package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.run.RunDescription;
import dev.splitreason.evaluation.run.RunFolder;
import dev.splitreason.evaluation.run.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The report of a run: one HTML page that needs nothing beside it, and its figures as PNGs. The
 * same samples give the same page.
 */
public final class Report {

  private static final int SAMPLES_SHOWN = 10;
  private static final String OFFLOAD = "offload ratio, % of tokens";
  private static final String LATENCY = "mean latency, ms";

  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:auto;padding:1rem;color:#222}
      svg{width:100%;height:auto;font:12px system-ui,sans-serif}
      table{border-collapse:collapse;display:block;overflow-x:auto}
      td,th{padding:.2rem .6rem;border-bottom:1px solid #ddd;text-align:right;white-space:nowrap}
      td:nth-child(2),th:nth-child(2),td:last-child,th:last-child{text-align:left}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;padding:.5rem}
      mark{background:#ffd54f}.grid{stroke:#eee}.front{fill:none;stroke:#999;stroke-dasharray:4}
      .whisker{stroke:#1565c0}circle,.bar{fill:#1565c0}
      @media print{details,svg,tr{break-inside:avoid}}
      """;

  private final RunDescription run;
  private final List<Sample> samples;
  private final List<Result> results;

  private Report(RunFolder folder) {
    this.run = folder.description();
    this.samples = folder.samples();
    this.results = Results.of(run.contenders(), samples, run.seed());
  }

  /**
   * Writes {@code report.html} and the PNGs into the folder of a run.
   *
   * @return the page
   * @throws IllegalArgumentException with a one-line message, if the folder holds no run
   * @throws IOException if something cannot be read or written
   */
  public static Path write(Path folder) throws IOException {
    var report = new Report(RunFolder.read(folder));
    FigurePng.write(
        folder.resolve("accuracy-offload.png"), report.results, OFFLOAD, Report::offload);
    FigurePng.write(
        folder.resolve("accuracy-latency.png"), report.results, LATENCY, Report::latency);
    return Files.writeString(folder.resolve("report.html"), report.page());
  }

  private String page() {
    var html = new StringBuilder();
    String title = "Benchmark " + Html.escape(run.benchmark());
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<title>")
        .append(title)
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(title)
        .append("</h1><pre>")
        .append(Html.escape(String.join("\n", run.commands())))
        .append("</pre>");
    table(html);
    html.append("<h2>Accuracy against offload ratio</h2>")
        .append(FigureSvg.of(results, OFFLOAD, Report::offload))
        .append("<h2>Accuracy against measured latency</h2>")
        .append(FigureSvg.of(results, LATENCY, Report::latency))
        .append("<p>Numbers are the rows of the table, whiskers 95 % bootstrap intervals over")
        .append(" problems, the dashed line the Pareto front.</p>")
        .append("<h2>Where the large model writes</h2>");
    for (Result result : results) {
      if (result.contender().small() != null && result.contender().large() != null) {
        html.append("<h3>").append(Html.escape(name(result))).append("</h3>");
        html.append(SampleHtml.spanPositions(of(result)));
      }
    }
    html.append("<h2>Ten samples, drawn at random</h2>");
    drawn().forEach(sample -> html.append(SampleHtml.of(sample)));
    return html.append("</body></html>\n").toString();
  }

  private void table(StringBuilder html) {
    html.append("<table><tr><th>#<th>policy<th>accuracy<th>95 % interval<th>offload<th>latency")
        .append("<th>gain<th>95 % interval<th>failed<th>models</tr>");
    int number = 0;
    for (Result result : results) {
      number++;
      Result.Gain gain = result.gain();
      html.append("<tr><td>")
          .append(number)
          .append("<td>")
          .append(Html.escape(result.contender().policy()))
          .append(cell("%.1f %%", 100 * result.accuracy()))
          .append(cell("%.1f … %.1f", 100 * result.ci95().low(), 100 * result.ci95().high()))
          .append(cell("%.1f %%", offload(result)))
          .append(cell("%.0f ms", latency(result)));
      if (gain == null) {
        html.append("<td><td>");
      } else {
        html.append(cell("%+.1f", 100 * gain.accuracy()))
            .append(cell("%+.1f … %+.1f", 100 * gain.ci95().low(), 100 * gain.ci95().high()));
      }
      html.append("<td>")
          .append(result.failures())
          .append("<td>")
          .append(Html.escape(result.contender().models()))
          .append("</tr>");
    }
    html.append("</table>");
  }

  /** Of samples that both models wrote, where there are any. */
  private List<Sample> drawn() {
    List<Sample> shared =
        samples.stream()
            .filter(
                sample ->
                    sample.key().contender().small() != null
                        && sample.key().contender().large() != null)
            .toList();
    List<Sample> shuffled = new ArrayList<>(shared.isEmpty() ? samples : shared);
    Collections.shuffle(shuffled, new Random(run.seed()));
    return shuffled.subList(0, Math.min(SAMPLES_SHOWN, shuffled.size()));
  }

  private List<Sample> of(Result result) {
    return samples.stream()
        .filter(sample -> sample.key().contender().equals(result.contender()))
        .toList();
  }

  private static String name(Result result) {
    return result.contender().policy() + " (" + result.contender().models() + ")";
  }

  private static String cell(String format, Object... values) {
    return "<td>" + String.format(Locale.ROOT, format, values);
  }

  private static double offload(Result result) {
    return 100 * result.offloadRatio();
  }

  private static double latency(Result result) {
    return 1000 * result.meanLatency();
  }
}
