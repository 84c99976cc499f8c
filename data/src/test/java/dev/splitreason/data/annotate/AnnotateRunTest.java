package dev.splitreason.data.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.jsonl.Json;
import dev.splitreason.data.llm.Budget;
import dev.splitreason.data.match.TagWrapper;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.data.store.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AnnotateRunTest {

  private static final int TRACES = 60;

  @TempDir Path folder;
  private String traces;
  private Path output;

  @BeforeEach
  void writeTraces() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < TRACES; i++) {
      String text =
          "Let me set up case %d.\n\nMultiplying gives $%d \\cdot 7 = %d$. So far so good."
              .formatted(i, i + 30, (i + 30) * 7);
      lines
          .append(Json.MAPPER.createObjectNode().put("id", "t" + i).put("text", text))
          .append('\n');
    }
    traces = Files.writeString(folder.resolve("traces.jsonl"), lines.toString()).toString();
    output = folder.resolve("out.jsonl");
  }

  @Test
  void aCarelessModelBehindABadLineYieldsOnlyGoodRowsInOrder() throws Exception {
    try (var server = new SloppyServer(0)) {
      AnnotateSummary summary = run(server.base(), "cache", Budget.unlimited());

      assertThat(summary.stoppedBecause()).isNull();
      assertThat(summary.byStatus())
          .containsOnlyKeys(
              Status.ANNOTATED, Status.REFUSED, Status.EMPTY, Status.MALFORMED, Status.UNMATCHED);
      assertThat(summary.byStatus().values().stream().mapToLong(n -> n).sum()).isEqualTo(TRACES);
      List<JsonNode> rows = rows(output);
      assertThat(rows).hasSize(summary.byStatus().getOrDefault(Status.ANNOTATED, 0L).intValue());
      assertThat(rows).isSortedAccordingTo((a, b) -> a.get("row").asInt() - b.get("row").asInt());
      assertThat(rows)
          .allSatisfy(
              row -> {
                String annotated = row.get("annotated").asString();
                assertThat(annotated)
                    .contains("<bigmodel>Multiplying gives $")
                    .contains("$.</bigmodel>");
                assertThat(new TagWrapper(TagSpelling.BIGMODEL).strip(annotated))
                    .isEqualTo(row.get("text").asString());
                assertThat(row.get("annotator").asString()).isEqualTo("llm");
                assertThat(row.get("model").asString()).isEqualTo("sloppy");
                assertThat(row.get("prompt_version").asString()).isNotBlank();
              });
      assertThat(server.answers()).hasSize(TRACES);
      assertThat(server.answers().values()).containsOnly(1);
    }
  }

  @Test
  void aSecondRunPaysNothingAndWritesTheSame() throws Exception {
    try (var server = new SloppyServer(0)) {
      run(server.base(), "cache", Budget.unlimited());
      byte[] first = Files.readAllBytes(output);
      Files.delete(AnnotateRun.journalOf(output));

      run(server.base(), "cache", Budget.unlimited());

      assertThat(output).hasBinaryContent(first);
      assertThat(server.answers().values()).containsOnly(1);
    }
  }

  @Test
  void killedAtTenRandomMomentsItLosesAndDoublesNothing() throws Exception {
    var random = new Random(7);
    try (var server = new SloppyServer(40)) {
      for (int kill = 0; kill < 10; kill++) {
        Process process = start(server.base());
        int answered = paid(server) + 1 + random.nextInt(6);
        while (process.isAlive() && paid(server) < answered) {
          process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly().waitFor();
      }
      run(server.base(), "cache", Budget.unlimited());
      byte[] interrupted = Files.readAllBytes(output);
      // What was answered but not yet on disk at a kill is asked again: at most the four under way.
      assertThat(paid(server)).isBetween(TRACES, TRACES + 10 * 4);

      output = folder.resolve("whole.jsonl");
      run(server.base(), "other-cache", Budget.unlimited());
      assertThat(Files.readAllBytes(output)).isEqualTo(interrupted);
    }
  }

  @Test
  void anExhaustedBudgetStopsCleanlyAndALargerOneGoesOn() throws Exception {
    try (var server = new SloppyServer(0)) {
      AnnotateSummary first = run(server.base(), "cache", new Budget(4_000, 100, 1, 1));
      assertThat(first.stoppedBecause()).startsWith("the budget is used up");
      assertThat(server.answers().size()).isBetween(1, TRACES - 1);

      AnnotateSummary second = run(server.base(), "cache", Budget.unlimited());
      assertThat(second.stoppedBecause()).isNull();
      assertThat(second.resumed())
          .isEqualTo(first.byStatus().values().stream().mapToLong(n -> n).sum());
      assertThat(server.answers().values()).containsOnly(1);
    }
  }

  @Test
  void aServerThatIsNotThereFailsTraceByTraceAndIsAskedAgainLater() throws Exception {
    URI nobody;
    try (var server = new SloppyServer(0)) {
      nobody = server.base();
    }
    AnnotateSummary summary = run(nobody, "cache", Budget.unlimited());
    assertThat(summary.byStatus()).containsOnlyKeys(Status.FAILED);
    assertThat(rows(output)).isEmpty();
    assertThat(run(nobody, "cache", Budget.unlimited()).resumed()).isZero();
  }

  @Test
  void theJournalOfAnotherRunIsRefused() throws Exception {
    try (var server = new SloppyServer(0);
        var other = new SloppyServer(0)) {
      run(server.base(), "cache", Budget.unlimited());
      assertThatThrownBy(() -> run(other.base(), "cache", Budget.unlimited()))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is the journal of another run");
    }
  }

  @Test
  void parquetHasTheSameRows() throws Exception {
    try (var server = new SloppyServer(0)) {
      run(server.base(), "cache", Budget.unlimited());
      List<JsonNode> rows = rows(output);
      output = folder.resolve("out.parquet");
      run(server.base(), "cache", Budget.unlimited());
      try (TraceSource source = TraceSource.open(List.of(output.toString()), SourceOptions.ALL)) {
        for (JsonNode row : rows) {
          assertThat(source.next())
              .satisfies(trace -> assertThat(trace.id()).isEqualTo(row.get("id").asString()));
        }
        assertThat(source.next()).isNull();
      }
    }
  }

  private static int paid(SloppyServer server) {
    return server.answers().values().stream().mapToInt(n -> n).sum();
  }

  private AnnotateSummary run(URI base, String cache, Budget budget) throws Exception {
    return AnnotateProcess.run(base, traces, output, folder.resolve(cache), budget);
  }

  private Process start(URI base) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            AnnotateProcess.class.getName(),
            base.toString(),
            traces,
            output.toString(),
            folder.resolve("cache").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(Json.MAPPER::readTree).toList();
  }
}
