package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
class InterruptedTest {

  /** A reward for repetition keeps the model going far beyond any answer. */
  private static final List<String> ENDLESS =
      List.of(
          "ask",
          "--policy",
          "small",
          "--repetition-penalty",
          "0.1",
          "--context",
          "200000",
          "--max-tokens",
          "190000",
          QUESTION);

  @TempDir private Path folder;

  @Test
  void ctrlCKeepsWhatWasWrittenAndSaysSo() throws IOException, InterruptedException {
    CommandProcess command = endless();
    int first = command.process().getInputStream().read();
    interrupt(command);

    Result result = command.finish();

    assertThat(result.status()).isEqualTo(130);
    assertThat(Character.toString(first) + result.out()).startsWith("3").endsWith("\n");
    assertThat(result.err()).endsWith("· cancelled\n");
  }

  @Test
  void ctrlCWithJsonStillGivesADocument() throws IOException, InterruptedException {
    Path traces = folder.resolve("t.jsonl");
    CommandProcess command = endless("--json", "--trace", traces.toString());
    awaitAnswering(command, traces);
    interrupt(command);

    Result result = command.finish();

    assertThat(result.status()).isEqualTo(130);
    assertThat(result.json().get("finish_reason").asString()).isEqualTo("cancelled");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void ctrlCInAnEvaluationSaysWhereItGoesOn() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    CommandProcess command =
        CommandProcess.start(
            Map.of(), "eval", "--policies", "small", "--limit", "5000", "--output", run.toString());
    Path samples = run.resolve("samples.jsonl");
    while ((!Files.exists(samples) || Files.size(samples) == 0) && command.process().isAlive()) {
      Thread.sleep(20);
    }
    interrupt(command);

    Result result = command.finish();

    assertThat(result.status()).isEqualTo(130);
    assertThat(result.err())
        .endsWith(
            "eval: interrupted; finished samples are in "
                + run
                + ", and the same command goes on from there\n");
    assertThat(run).isDirectoryNotContaining("glob:**partial*");
  }

  @Test
  void aReaderThatGoesAwayEndsTheCommandQuietly() throws IOException {
    CommandProcess command = endless();
    int first = command.process().getInputStream().read();
    command.process().getInputStream().close();

    Result result = command.finish();

    assertThat(first).isEqualTo('3');
    assertThat(result.status()).isEqualTo(141);
    assertThat(result.err()).isEmpty();
  }

  private static CommandProcess endless(String... more) {
    List<String> arguments = new ArrayList<>(ENDLESS);
    arguments.addAll(List.of(more));
    return CommandProcess.start(Map.of(), arguments.toArray(String[]::new));
  }

  /** The trace file is opened when the question has been read and Ctrl-C is looked after. */
  private static void awaitAnswering(CommandProcess command, Path traces)
      throws InterruptedException {
    while (!Files.exists(traces) && command.process().isAlive()) {
      Thread.sleep(20);
    }
    Thread.sleep(300);
  }

  private static void interrupt(CommandProcess command) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(command.process().pid())).start().waitFor();
  }
}
