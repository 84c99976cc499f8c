package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.report.figure.Figure;
import dev.splitreason.evaluation.run.Conditions;
import dev.splitreason.simulator.profile.PairProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of a report, from top to bottom. */
final class Page {

  private final ReportedRuns runs;
  private final List<Standing> standings;
  private final PairProfile hardware;
  private final Html html = new Html();

  Page(ReportedRuns runs, List<Standing> standings, PairProfile hardware) {
    this.runs = runs;
    this.standings = standings;
    this.hardware = hardware;
  }

  /** The page with its figures; asked for once. */
  String html(Figure offload, Figure measured, Figure simulated, @Nullable Figure priced)
      throws IOException {
    head();
    PolicyTable.results(standings, html);
    PolicyTable.models(standings, html);
    for (String line :
        Failures.lines(standings.stream().map(Standing::result).toList(), runs.samples())) {
      html.element("p class=\"warning\"", line);
    }
    html.raw(
            "<p class=\"note\">Gain is over row 1, on the same problems; p is how likely chance alone")
        .raw(" makes as large a difference. Latency is as measured")
        .text(load())
        .raw("; simulated is what these answers would take, one at a time, on ")
        .text(hardware.name() + ": " + hardware.source())
        .raw("</p>");
    html.element("h2", "Accuracy against offload ratio");
    html.raw("<figure class=\"only\">").raw(offload.svg()).raw("</figure>");
    legend();
    html.element("h2", "Accuracy against latency").raw("<div class=\"figures\">");
    html.raw("<figure><h3>Measured</h3>").raw(measured.svg()).raw("</figure>");
    html.raw("<figure><h3>").text("Simulated on " + hardware.name()).raw("</h3>");
    html.raw(simulated.svg()).raw("</figure></div>");
    legend();
    if (priced != null) {
      html.element("h2", "Accuracy against price");
      html.raw("<figure class=\"only\">").raw(priced.svg()).raw("</figure>");
      legend();
    }
    PolicyTable.difficulties(standings, html);
    PolicyTable.samples(standings, html);
    positions();
    new SamplesHtml(runs, new ContenderLabels(runs.contenders())).write(html);
    return html.raw("</body></html>\n").toString();
  }

  private void head() throws IOException {
    String title = "Benchmark " + runs.benchmark();
    html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .element("title", title)
        .raw("<style>")
        .raw(style())
        .raw("</style></head><body>")
        .element("h1", title)
        .raw("<p class=\"note\">")
        .text(size())
        .raw(" Intervals are 95 % bootstrap intervals over problems.</p>");
    runs.descriptions().forEach(run -> Facts.of(run, html));
  }

  /** Under which load latencies were measured. */
  private String load() {
    List<Integer> loads =
        runs.descriptions().stream()
            .flatMap(run -> run.conditions().stream())
            .map(Conditions::inFlight)
            .distinct()
            .sorted()
            .toList();
    return loads.isEmpty()
        ? ""
        : loads.equals(List.of(1))
            ? " with one answer at a time"
            : " with up to "
                + loads.stream().map(String::valueOf).collect(Collectors.joining(" or "))
                + " answers in flight";
  }

  private String size() {
    int problems =
        standings.stream().mapToInt(standing -> standing.result().problems()).max().orElse(0);
    int samples =
        standings.stream().mapToInt(standing -> standing.result().samples()).max().orElse(0);
    return problems
        + (problems == 1 ? " problem, " : " problems, ")
        + (samples == 1 ? "one answer to each." : samples + " answers to each.");
  }

  private void legend() {
    html.raw("<ul class=\"legend\">");
    for (Standing standing : standings) {
      html.raw("<li><span class=\"dot\" style=\"background:" + standing.colour() + "\"></span>")
          .text(standing.number() + " " + standing.name())
          .raw("</li>");
    }
    html.raw("</ul><p class=\"note\">Whiskers are the intervals, the dashed line is the Pareto")
        .raw(" front: no policy on it is beaten in both.</p>");
  }

  private void positions() {
    List<Standing> shared =
        standings.stream().filter(standing -> standing.result().contender().shared()).toList();
    if (shared.isEmpty()) {
      return;
    }
    html.element("h2", "Where the large model writes")
        .raw("<p class=\"note\">Its share of the tokens in each twentieth of an answer.</p>")
        .raw("<div class=\"positions\">");
    for (Standing standing : shared) {
      Result result = standing.result();
      html.raw("<figure>").element("h3", standing.number() + " " + standing.name());
      html.raw(SpanPositions.of(runs.of(result.contender())).svg(standing.colour()));
      html.raw("</figure>");
    }
    html.raw("</div>");
  }

  private static String style() throws IOException {
    try (InputStream css = Page.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
