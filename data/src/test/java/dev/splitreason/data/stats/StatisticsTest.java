package dev.splitreason.data.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.tag.TagStructure.Fault;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.data.tagged.Span;
import dev.splitreason.data.tagged.TaggedText;
import dev.splitreason.files.jsonl.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {

  private static final TagSpelling TAGS = TagSpelling.BIGMODEL;

  @TempDir Path folder;

  @Test
  void quantilesLieBetweenTheNearestValues() {
    DistributionSummary distribution = DistributionSummary.of(new double[] {4, 1, 2, 3});
    assertThat(distribution.mean()).isEqualTo(2.5);
    assertThat(distribution.median()).isEqualTo(2.5);
    assertThat(distribution.quantiles()[2]).isEqualTo(1.75);
    assertThat(distribution.histogram()).startsWith(1).endsWith(1);
  }

  @Test
  void positionsAreSharesOfTheNormalisedLength() {
    var collector = new StatisticsCollector(null, 1);
    collector.add("a", TaggedText.of("<bigmodel>aaaaa</bigmodel>bbbbb", TAGS));
    collector.add("b", TaggedText.of("cccccddddd", TAGS));
    double[] positions = collector.finish().positions();
    assertThat(positions[0]).isCloseTo(0.5, within(1e-9));
    assertThat(positions[24]).isCloseTo(0.5, within(1e-9));
    assertThat(positions[25]).isZero();
  }

  @Test
  void tokensAreThoseThatTracesBringAlong() {
    var collector = new StatisticsCollector(null, 1);
    collector.add("a", new TaggedText("abc", List.of(new Span(0, 2)), List.of(7), List.of()));
    collector.add("b", TaggedText.untagged("abc"));
    assertThat(collector.finish().spanTokens())
        .extracting(DistributionSummary::mean)
        .isEqualTo(7.0);
  }

  @Test
  void aReportHasTheDataBeforeAndAfterFilteringAsJsonHtmlAndPng() throws Exception {
    StatisticsReport report = report();

    assertThat(report.all().traces()).isEqualTo(12);
    assertThat(report.all().withSpans()).isEqualTo(11);
    assertThat(report.all().defects()).isEqualTo(Map.of(Fault.UNCLOSED, 1L));
    assertThat(report.all().spanTokens()).isNotNull();
    assertThat(report.kept().traces()).isEqualTo(10);
    assertThat(report.kept().shareUnderFifth()).isEqualTo(1);
    assertThat(report.kept().samples()).hasSize(10);

    assertThat(Json.MAPPER.valueToTree(report).at("/kept/offload_share/count").asInt())
        .isEqualTo(10);

    String page = HtmlPage.of(report);
    assertThat(page)
        .contains("12 traces, 10 after filtering", "t&lt;3&gt;")
        .doesNotContain("http", "<script", "NaN");

    Figures.of(report).write(folder.resolve("figures"));
    for (String name : List.of("positions", "shares", "samples")) {
      Path file = folder.resolve("figures").resolve(name + ".png");
      assertThat(ImageIO.read(file.toFile()).getWidth()).as(name).isEqualTo(960);
    }
  }

  @Test
  void anEmptySetHasZeros() {
    TraceStatistics empty = new StatisticsCollector(null, 1).finish();
    assertThat(empty.offloadShare().mean()).isZero();
    assertThat(HtmlPage.of(new StatisticsReport(empty, empty))).doesNotContain("NaN");
  }

  private StatisticsReport report() throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      lines.append(line("t<" + i + ">", "x".repeat(90 + i) + "<bigmodel>hard</bigmodel>."));
    }
    lines.append(line("whole", "<bigmodel>all of it</bigmodel>"));
    lines.append(line("open", "some <bigmodel>text"));
    Path file = Files.writeString(folder.resolve("t.jsonl"), lines.toString());
    try (TraceSource source = TraceSource.open(List.of(file.toString()), SourceOptions.ALL)) {
      return StatisticsReport.of(source, TraceFilter.DEFAULT, String::length, 1);
    }
  }

  private static String line(String id, String text) {
    return Json.MAPPER.createObjectNode().put("id", id).put("annotated", text) + "\n";
  }
}
