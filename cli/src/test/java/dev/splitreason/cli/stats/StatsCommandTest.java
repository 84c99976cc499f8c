package dev.splitreason.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StatsCommandTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeSet() throws IOException {
    Files.writeString(
        folder.resolve("set.jsonl"),
        """
        {"id":"a","annotated":"1234567<bigmodel>89<\\\\bigmodel>0"}
        {"id":"b","annotated":"<bigmodel>all of it</bigmodel>"}
        {"id":"c","annotated":"some <bigmodel>text"}
        """);
  }

  @Test
  void printsATableBeforeAndAfterFiltering() {
    Result result = run("set.jsonl");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("all traces: 3, 2 of them with spans", "after filtering: 1, 1 of them with spans")
        .contains("tags that pair with none: 1 unclosed")
        .contains("offloaded (%)", "characters a span")
        .doesNotContain("tokens a span");
  }

  @Test
  void jsonHasTheSameNumbers() {
    JsonNode report = run("--json", "--max-share", "1", "set.jsonl").json();

    assertThat(report.at("/all/traces").asInt()).isEqualTo(3);
    assertThat(report.at("/all/defects/UNCLOSED").asInt()).isEqualTo(1);
    assertThat(report.at("/kept/traces").asInt()).isEqualTo(2);
    assertThat(report.at("/kept/offload_share/mean").asDouble()).isEqualTo(0.6);
  }

  @Test
  void countsTokensAsAModelDoes() {
    String model = CommandProcess.project().resolve("models/large.gguf").toString();

    JsonNode report = run("--tokenizer", model, "--json", "set.jsonl").json();

    assertThat(report.at("/kept/span_tokens/mean").asDouble()).isEqualTo(2);
  }

  @Test
  void readsRecordedAnswersWithTheirOwnTokenCounts() throws IOException {
    Files.writeString(
        folder.resolve("t.jsonl"),
        """
        {"id":"x","question":"?","segments":[{"author":"small","text":"1<bigmodel>","tokens":2},\
        {"author":"large","text":"77","tokens":2},{"author":"small","text":"</bigmodel>6","tokens":2}]}
        """);

    JsonNode report = run("--json", "t.jsonl").json();

    assertThat(report.at("/all/span_tokens/mean").asDouble()).isEqualTo(2);
    assertThat(report.at("/all/offload_share/mean").asDouble()).isEqualTo(0.5);
  }

  @Test
  void writesAPageThatNeedsNoNetworkAndTheFigures() throws IOException {
    assertThat(run("--html", "s.html", "--png", "./figures", "set.jsonl").status()).isZero();

    assertThat(folder.resolve("s.html")).content().contains("<svg").doesNotContain("http");
    for (String name : new String[] {"positions", "shares", "samples"}) {
      Path figure = folder.resolve("figures").resolve(name + ".png");
      assertThat(ImageIO.read(figure.toFile()).getWidth()).isPositive();
    }
  }

  @Test
  void sharesThatKeepNothingAreWrongUse() {
    Result result = run("--min-share", "0.5", "--max-share", "0.1", "set.jsonl");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).hasLineCount(1).contains("not 0.5 to 0.1");
  }

  private Result run(String... more) {
    String[] words = new String[more.length + 1];
    words[0] = "stats";
    System.arraycopy(more, 0, words, 1, more.length);
    return CommandProcess.runIn(folder, words);
  }
}
