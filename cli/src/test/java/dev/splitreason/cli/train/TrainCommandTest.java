package dev.splitreason.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code splitreason train} as a user starts it. */
class TrainCommandTest {

  private static final String[] TINY = {
    "train", "pretrain",
    "--set", "compute.threads=1",
    "--set", "schedule.batch=2",
    "--set", "model.width=16",
    "--set", "measure.problems=2",
    "--set", "measure.max-tokens=5",
  };

  @TempDir private Path folder;

  @Test
  void aRunLeavesItsModel() throws IOException {
    Result result =
        CommandProcess.runIn(folder, with("--set", "schedule.steps=3", "--output", "./run"));

    assertThat(result.err()).containsPattern("train: [0-9,]+ parameters learn on cpu");
    assertThat(result.err()).doesNotContainIgnoringCase("warn");
    assertThat(result.err()).contains("3/3 steps").contains("of 2 answers right");
    assertThat(result.status()).isZero();
    assertThat(folder.resolve("run/model/model.safetensors")).isNotEmptyFile();
    assertThat(folder.resolve("run/model.gguf")).isNotEmptyFile();
  }

  @Test
  void threadsWithoutWorkAreTold() {
    Result idle = twoThreads("idle", 2);
    Result busy = twoThreads("busy", 1);

    assertThat(idle.err()).contains("only 1 of 2 threads have work").contains("1/1 steps");
    assertThat(busy.err()).doesNotContain("threads have work").contains("1/1 steps");
  }

  private Result twoThreads(String output, int microBatch) {
    String[] sized = {"--set", "compute.threads=2", "--set", "schedule.micro-batch=" + microBatch};
    String[] rest = {"--set", "schedule.steps=1", "--output", "./" + output};
    return CommandProcess.runIn(
        folder, with(Stream.of(sized, rest).flatMap(Stream::of).toArray(String[]::new)));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
  void ctrlCSavesAndResumeGoesOn() throws IOException, InterruptedException {
    String run = folder.resolve("run").toString();
    CommandProcess command =
        CommandProcess.start(Map.of(), with("--set", "schedule.steps=1000000", "--output", run));
    awaitSteps(command, folder.resolve("run/metrics.jsonl"));
    new ProcessBuilder("kill", "-INT", Long.toString(command.process().pid())).start().waitFor();

    Result stopped = command.finish();

    assertThat(stopped.status()).isEqualTo(130);
    assertThat(stopped.err()).contains("stopped and saved");
    long done = newestCheckpoint();
    Result resumed =
        CommandProcess.runIn(
            folder,
            "train",
            "pretrain",
            "--resume",
            "--output",
            "./run",
            "--set",
            "schedule.steps=" + (done + 2));
    assertThat(resumed.err()).contains("going on, " + done + " of " + (done + 2));
    assertThat(resumed.status()).isZero();
  }

  @Test
  void anUnknownKeyIsWrongUse() {
    Result result =
        CommandProcess.runIn(folder, with("--set", "schedule.stpes=3", "--output", "./run"));

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("unknown key 'stpes' in schedule; did you mean 'steps'?");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aRunNeedsAFolderOfItsOwn() throws IOException {
    assertThat(CommandProcess.runIn(folder, with()).err())
        .contains("say where the run goes: --output FOLDER");
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/config.yaml"), "steps: 1\n");

    Result taken = CommandProcess.runIn(folder, with("--output", "./run"));

    assertThat(taken.status()).isEqualTo(2);
    assertThat(taken.err()).contains("has a run already: go on with --resume");
  }

  @ParameterizedTest
  @CsvSource({"sft, paper-1.5b", "grpo, paper-grpo"})
  void aDryRunTellsWhatTheRunNeedsWithoutWeights(String kind, String name) {
    Path recipe = CommandProcess.project().resolve("models/recipes/" + name + ".yaml");

    Result result =
        CommandProcess.runIn(folder, "train", kind, "--dry-run", "--config", recipe.toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("parameters       1,777,088,000")
        .contains("memory a device", "steps ", "tokens ");
  }

  @Test
  void aDryRunIsADocumentForPrograms() {
    Path recipe = CommandProcess.project().resolve("models/recipes/paper-1.5b.yaml");

    JsonNode estimate =
        CommandProcess.runIn(
                folder, "train", "sft", "--dry-run", "--json", "--config", recipe.toString())
            .json();

    assertThat(estimate.propertyNames())
        .containsExactly("parameters", "memory_bytes", "steps", "tokens", "remarks");
    assertThat(estimate.get("parameters").asLong()).isEqualTo(1_777_088_000);
    JsonNode memory = estimate.get("memory_bytes");
    assertThat(memory.get("total").asLong())
        .isEqualTo(memory.valueStream().mapToLong(JsonNode::asLong).sum() / 2);
  }

  @Test
  void aModelThatIsNotThereIsOneClearLineAndLeavesTheFolderFree() {
    Result result =
        CommandProcess.runIn(
            folder,
            "train",
            "sft",
            "--set",
            "start.model=nowhere",
            "--output",
            "./run",
            "--set",
            "schedule.steps=1");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("nowhere").doesNotContain("internal error");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void grpoTellsWhatItsAnswersAreWorthAndWhatThePairCanDo() {
    Result result =
        CommandProcess.runIn(folder, grpo("--set", "schedule.steps=1", "--output", "./run"));

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("1/1 steps")
        .contains("reward ", " % right, ", " % offloaded; ")
        .containsPattern("of 4 answers right, [0-9.]+ % offloaded after step 1");
    assertThat(folder.resolve("run/model.gguf")).isNotEmptyFile();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
  void ctrlCSavesGrpoToo() throws IOException, InterruptedException {
    String run = folder.resolve("run").toString();
    CommandProcess command =
        CommandProcess.start(Map.of(), grpo("--set", "schedule.steps=100000", "--output", run));
    awaitSteps(command, folder.resolve("run/metrics.jsonl"));
    new ProcessBuilder("kill", "-INT", Long.toString(command.process().pid())).start().waitFor();

    Result stopped = command.finish();

    assertThat(stopped.status()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.err()).contains("stopped and saved");
    assertThat(newestCheckpoint()).isPositive();
  }

  @Test
  void severalProcessesDoGrpoTogether() {
    Result result =
        CommandProcess.runIn(
            folder, grpo("--set", "schedule.steps=1", "--nproc", "2", "--output", "./run"));

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(folder.resolve("run/model/model.safetensors")).isNotEmptyFile();
  }

  private static String[] grpo(String... more) {
    Path models = CommandProcess.project().resolve("models");
    return Stream.of(
            Stream.of("train", "grpo"),
            Stream.of(
                    "models.small=" + models.resolve("small-split.gguf"),
                    "models.large=" + models.resolve("large.gguf"),
                    "schedule.prompts=2",
                    "schedule.group=4",
                    "rollouts.max-tokens=100",
                    "measure.problems=4")
                .flatMap(setting -> Stream.of("--set", setting)),
            Stream.of(more))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  private long newestCheckpoint() throws IOException {
    try (Stream<Path> checkpoints = Files.list(folder.resolve("run/checkpoints"))) {
      return checkpoints
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("step-"))
          .mapToLong(name -> Long.parseLong(name.substring("step-".length())))
          .max()
          .orElseThrow();
    }
  }

  private static void awaitSteps(CommandProcess command, Path metrics)
      throws IOException, InterruptedException {
    while (command.process().isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 0)) {
      Thread.sleep(50);
    }
  }

  private static String[] with(String... more) {
    return Stream.of(TINY, more).flatMap(Stream::of).toArray(String[]::new);
  }
}
