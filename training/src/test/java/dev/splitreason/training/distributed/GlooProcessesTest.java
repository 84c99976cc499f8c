package dev.splitreason.training.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.config.ConfigFile;
import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.pretrain.Pretraining;
import dev.splitreason.training.run.RunFolder;
import dev.splitreason.training.run.RunListener;
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
import tools.jackson.databind.json.JsonMapper;

class GlooProcessesTest {

  private static final List<String> SMALL =
      List.of(
          "threads=1",
          "steps=6",
          "batch=8",
          "micro-batch=2",
          "model.width=16",
          "measure.problems=0",
          "checkpoints.every=0");

  @TempDir private Path folder;

  @Test
  void twoProcessesHaveTheLossesOfOne() throws IOException, InterruptedException {
    Path alone = folder.resolve("alone");
    Path together = folder.resolve("together");
    train(alone, Processes.alone());

    int port = freePort();
    Process first = start(0, port, together);
    Process second = start(1, port, together);
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue()).isZero();
    assertThat(second.exitValue()).isZero();

    List<Double> expected = losses(alone);
    List<Double> losses = losses(together);
    assertThat(losses).hasSameSizeAs(expected);
    for (int step = 0; step < losses.size(); step++) {
      assertThat(losses.get(step)).isCloseTo(expected.get(step), within(1e-4));
    }
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

    public static void main(String[] args) throws IOException {
      try (Processes processes = GlooProcesses.of(System.getenv())) {
        train(Path.of(args[0]), processes);
      }
    }
  }

  private static void train(Path folder, Processes processes) throws IOException {
    PretrainConfig config = ConfigFile.read(PretrainConfig.DEFAULT, null, SMALL);
    RunFolder run = processes.isFirst() ? RunFolder.begin(folder, config) : new RunFolder(folder);
    Pretraining.run(config, run, processes, new RunListener() {}, () -> false);
  }

  private static Process start(int rank, int port, Path run) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
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

  private static List<Double> losses(Path run) throws IOException {
    List<Double> losses = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      var loss = JsonMapper.shared().readTree(line).get("loss");
      if (loss != null) {
        losses.add(loss.asDouble());
      }
    }
    return losses;
  }
}
