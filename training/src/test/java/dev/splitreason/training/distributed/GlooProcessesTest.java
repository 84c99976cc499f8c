package dev.splitreason.training.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.grpo.OffloadConfig;
import dev.splitreason.training.grpo.OffloadTraining;
import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.pretrain.Pretraining;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.TrainingFolder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class GlooProcessesTest {

  private static final List<String> SMALL =
      List.of(
          "compute.threads=1",
          "schedule.steps=6",
          "schedule.batch=8",
          "schedule.micro-batch=2",
          "model.width=16",
          "measure.problems=0",
          "checkpoints.every=0");

  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  private static final List<String> OFFLOAD =
      List.of(
          "compute.threads=1",
          "schedule.steps=2",
          "models.small=../models/small-split.gguf",
          "models.large=../models/large.gguf",
          "schedule.prompts=3",
          "schedule.group=4",
          "schedule.minibatch=5",
          "loss.kl-weight=0.01",
          "rollouts.max-tokens=100",
          "measure.problems=5",
          "checkpoints.every=0");

  /** The kinds of run, by the configuration that each process reads. */
  enum Kind {
    PRETRAIN,
    GRPO
  }

  @ParameterizedTest
  @EnumSource
  void twoProcessesHaveTheLossesOfOne(Kind kind) throws IOException, InterruptedException {
    Path alone = folder.resolve("alone");
    Path together = folder.resolve("together");
    train(kind, alone, Processes.alone());

    int port = freePort();
    Process first = start(kind, 0, port, together);
    Process second = start(kind, 1, port, together);
    assertThat(second.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(first.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(first.exitValue()).isZero();
    assertThat(second.exitValue()).isZero();

    for (String figure : List.of("loss", "gradient_norm", "reward", "accuracy", "offload_ratio")) {
      List<Double> expected = figures(alone, figure);
      List<Double> figures = figures(together, figure);
      assertThat(figures).as(figure).hasSameSizeAs(expected);
      for (int i = 0; i < figures.size(); i++) {
        assertThat(figures.get(i)).as(figure).isCloseTo(expected.get(i), within(TOLERANCE));
      }
    }
    assertThat(figures(together, "loss")).isNotEmpty();
  }

  @Test
  void withoutVariablesThereIsOneProcess() {
    try (Processes processes = GlooProcesses.of(Map.of())) {
      assertThat(processes.count()).isEqualTo(1);
      assertThat(processes.isFirst()).isTrue();
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> GlooProcesses.of(Map.of("WORLD_SIZE", "2")))
        .hasMessageStartingWith("RANK is not set");
    assertThatThrownBy(() -> GlooProcesses.of(Map.of("WORLD_SIZE", "two")))
        .hasMessage("WORLD_SIZE must be a whole number, not 'two'");
    assertThatThrownBy(() -> GlooProcesses.of(Map.of("WORLD_SIZE", "2", "RANK", "2")))
        .hasMessage("RANK must be from 0 to WORLD_SIZE - 1 = 1, not 2");
  }

  /** What each process runs. */
  static final class Worker {

    private Worker() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      try (Processes processes = GlooProcesses.of(System.getenv())) {
        train(Kind.valueOf(args[0]), Path.of(args[1]), processes);
      }
    }
  }

  private static void train(Kind kind, Path folder, Processes processes)
      throws IOException, InterruptedException {
    RunListener silent = new RunListener() {};
    switch (kind) {
      case PRETRAIN -> {
        PretrainConfig config = ConfigFile.read(PretrainConfig.DEFAULT, null, SMALL);
        Pretraining.run(config, run(folder, config, processes), processes, silent, () -> false);
      }
      case GRPO -> {
        OffloadConfig config = ConfigFile.read(OffloadConfig.DEFAULT, null, OFFLOAD);
        OffloadTraining.run(config, run(folder, config, processes), processes, silent, () -> false);
      }
    }
  }

  private static TrainingFolder run(Path folder, Record config, Processes processes)
      throws IOException {
    return processes.isFirst() ? TrainingFolder.begin(folder, config) : new TrainingFolder(folder);
  }

  private static Process start(Kind kind, int rank, int port, Path run) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            kind.name(),
            run.toString());
    builder.environment().put("RANK", String.valueOf(rank));
    builder.environment().put("WORLD_SIZE", "2");
    builder.environment().put("MASTER_ADDR", "127.0.0.1");
    builder.environment().put("MASTER_PORT", String.valueOf(port));
    return builder.inheritIO().start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static List<Double> figures(Path run, String name) throws IOException {
    List<Double> figures = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      var figure = JsonMapper.shared().readTree(line).get(name);
      if (figure != null) {
        figures.add(figure.asDouble());
      }
    }
    return figures;
  }
}
