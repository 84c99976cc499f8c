package dev.splitreason.cli.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.core.tag.TagSpelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AnnotateLlmTest {

  private static final int KILLS = 10;

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
  void killedAtTenRandomMomentsItLosesAndDoublesNothing() throws Exception {
    byte[] whole;
    try (var server = new SloppyServer(0)) {
      annotating.run(server, "whole.jsonl");
      whole = annotating.bytes("whole.jsonl");
    }
    try (var server = new SloppyServer(200)) {
      // Broken answers are charged for twice, whether or not anything is killed.
      kill(server);
      Result last = annotating.run(server, "out.jsonl");

      assertThat(last.status()).as(last.err()).isZero();
      assertThat(annotating.bytes("out.jsonl")).isEqualTo(whole);
      assertThat(server.chargedKeys()).isEqualTo(annotating.traces());
      long broken = server.charged().keySet().stream().filter(AnnotateLlmTest::broken).count();
      assertThat(server.chargedInAll())
          .isBetween(
              annotating.traces(),
              annotating.traces() + (int) broken + KILLS * Annotating.CONCURRENCY);
    }
  }

  @Test
  void toldToPayAtMostOnceItDoesThroughTenKillsAndBrokenAnswers() throws Exception {
    try (var server = new SloppyServer(200)) {
      kill(server, "--at-most-once");
      Result last = annotating.run(server, "out.jsonl", "--at-most-once");

      assertThat(server.charged().values()).containsOnly(1);
      assertThat(last.status()).isEqualTo(1);
      assertThat(last.json().path("traces").path("failed").asInt()).isPositive();
      assertThat(Files.readString(folder.resolve("out.jsonl.journal")))
          .contains("whether that was paid for is unknown");

      assertThat(annotating.run(server, "out.jsonl").status()).isZero();
      byte[] interrupted = annotating.bytes("out.jsonl");
      try (var other = new SloppyServer(0)) {
        annotating.run(other, "whole.jsonl");
      }
      assertThat(interrupted).isEqualTo(annotating.bytes("whole.jsonl"));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
  void ctrlCKeepsWhatWasDoneAndSaysSo() throws Exception {
    try (var server = new SloppyServer(200)) {
      CommandProcess command = annotating.start(server, "out.jsonl");
      awaitRequests(command, server, 12);
      new ProcessBuilder("kill", "-INT", "" + command.process().pid()).start().waitFor();
      Result result = command.finish();

      assertThat(result.status()).isEqualTo(130);
      assertThat(result.err())
          .contains("annotate: interrupted; what was done is in out.jsonl.journal");
      assertThat(folder.resolve("out.jsonl")).doesNotExist();

      Result resumed = annotating.run(server, "out.jsonl");
      assertThat(resumed.json().path("resumed").asInt()).isPositive();
      assertThat(resumed.err()).contains("annotate: going on");
    }
  }

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      disabledReason = "only Linux limits the files of a running process")
  void aDiskThatFillsUpIsOneLineAndTheNextRunGoesOn() throws Exception {
    try (var server = new SloppyServer(100)) {
      CommandProcess command = annotating.start(server, "out.jsonl");
      awaitRequests(command, server, 6);
      new ProcessBuilder("prlimit", "--fsize=10000", "--pid", "" + command.process().pid())
          .start()
          .waitFor();
      Result full = command.finish();

      assertThat(full.status()).isEqualTo(1);
      assertThat(full.err().lines().filter(line -> !line.startsWith("annotate: ")))
          .singleElement()
          .asString()
          .startsWith("splitreason: cannot write the journal out.jsonl.journal: ");
      assertThat(folder.resolve("out.jsonl")).doesNotExist();

      Result resumed = annotating.run(server, "out.jsonl");
      assertThat(resumed.status()).as(resumed.err()).isZero();
      assertThat(resumed.json().path("resumed").asInt()).isPositive();
      assertThat(server.charged().entrySet())
          .filteredOn(trace -> !broken(trace.getKey()))
          .extracting(Map.Entry::getValue)
          .containsOnly(1);
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
      assertThat(other.err()).contains("is the journal of another run").hasLineCount(1);
    }
  }

  private void kill(SloppyServer server, String... more) throws Exception {
    var random = new Random(7);
    for (int kill = 0; kill < KILLS; kill++) {
      CommandProcess command = annotating.start(server, "out.jsonl", more);
      awaitRequests(command, server, random.nextInt(8));
      command.process().waitFor(random.nextInt(250), TimeUnit.MILLISECONDS);
      command.kill();
    }
  }

  private static void awaitRequests(CommandProcess command, SloppyServer server, int more)
      throws InterruptedException {
    int enough = server.requests() + more;
    while (command.process().isAlive() && server.requests() < enough) {
      command.process().waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether the server breaks its first answer about a trace. */
  private static boolean broken(String trace) {
    int kind = Math.floorMod(trace.hashCode(), 7);
    return kind == 2 || kind == 3;
  }
}
