package dev.splitreason.cli.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.core.tag.TagSpelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a run with a language model as the annotator writes, pays and tells. */
class AnnotateLlmTest {

  @TempDir private Path folder;
  private Annotating annotating;

  @BeforeEach
  void writeTraces() {
    annotating = new Annotating(folder);
  }

  @Test
  void aCarelessModelBehindABadLineYieldsOnlyGoodRowsInOrder() throws IOException {
    try (var server = new SloppyServer(0)) {
      Result result = annotating.run(server, "out.jsonl");

      assertThat(result.status()).as(result.err()).isZero();
      JsonNode traces = result.json().path("traces");
      assertThat(traces.path("failed").asInt()).isZero();
      assertThat(List.of("annotated", "refused", "empty", "malformed", "unmatched"))
          .allSatisfy(status -> assertThat(traces.path(status).asInt()).isPositive());
      assertThat(traces.valueStream().mapToInt(JsonNode::asInt).sum())
          .isEqualTo(annotating.traces());

      List<JsonNode> rows = annotating.rows("out.jsonl");
      assertThat(rows).hasSize(traces.path("annotated").asInt());
      assertThat(rows).isSortedAccordingTo((a, b) -> a.get("row").asInt() - b.get("row").asInt());
      assertThat(rows)
          .allSatisfy(
              row -> {
                assertThat(TagSpelling.BIGMODEL.strip(row.get("annotated").asString()))
                    .isEqualTo(row.get("text").asString());
                assertThat(row.get("spans")).isNotEmpty();
                assertThat(row.get("unmatched")).isEmpty();
                assertThat(row.get("annotator").asString()).isEqualTo("llm");
                assertThat(row.get("model").asString()).isEqualTo("sloppy");
                assertThat(row.get("prompt_version").asString()).isNotBlank();
              });
    }
  }

  @Test
  void aSecondRunPaysNothingAndWritesTheSame() throws IOException {
    try (var server = new SloppyServer(0)) {
      assertThat(annotating.run(server, "out.jsonl").status()).isZero();
      int charged = server.chargedInAll();
      byte[] first = annotating.bytes("out.jsonl");
      Files.delete(folder.resolve("out.jsonl"));
      Files.delete(folder.resolve("out.jsonl.journal"));

      assertThat(annotating.run(server, "out.jsonl").status()).isZero();

      assertThat(annotating.bytes("out.jsonl")).isEqualTo(first);
      assertThat(server.chargedInAll()).isEqualTo(charged);
    }
  }

  @Test
  void anExhaustedBudgetStopsCleanlyAndALargerOneGoesOn() throws IOException {
    try (var server = new SloppyServer(0)) {
      Result first = annotating.run(server, "out.jsonl", "--token-budget", "8000");
      assertThat(first.status()).isEqualTo(1);
      assertThat(first.err()).contains("annotate: stopped: the budget is used up");
      JsonNode summary = first.json();
      assertThat(summary.path("stopped_because").asString()).startsWith("the budget");
      assertThat(
              summary.path("prompt_tokens").asLong() + summary.path("completion_tokens").asLong())
          .isPositive()
          .isLessThanOrEqualTo(8_000);

      assertThat(annotating.run(server, "out.jsonl").status()).isZero();
    }
  }

  @Test
  void aServerThatIsNotThereFailsTraceByTraceAndIsAskedAgainLater() throws IOException {
    var gone = new SloppyServer(0);
    gone.close();
    for (int run = 0; run < 2; run++) {
      Result result = annotating.run(gone, "out.jsonl", "--attempts", "1");
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.json().path("resumed").asInt()).isZero();
      assertThat(result.json().path("traces").path("failed").asInt())
          .isEqualTo(annotating.traces());
    }
  }

  @Test
  void theJournalOfAnotherRunIsRefused() throws IOException {
    try (var server = new SloppyServer(0)) {
      annotating.run(server, "out.jsonl");
      Result other = annotating.run(server, "out.jsonl", "--threshold", "0.9");
      assertThat(other.status()).isEqualTo(1);
      assertThat(other.err())
          .contains("is the journal of another run: --threshold was ", " and is 0.9; repeat")
          .hasLineCount(1);
    }
  }
}
