package dev.splitreason.cli.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs with a language model that are stopped in their midst: what is kept, and what is paid for.
 */
class AnnotateStoppedTest {

  private static final int KILLS = 10;

  @TempDir private Path folder;
  private Annotating annotating;

  @BeforeEach
  void writeTraces() {
    annotating = new Annotating(folder);
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
      long broken = server.charged().keySet().stream().filter(AnnotateStoppedTest::broken).count();
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
