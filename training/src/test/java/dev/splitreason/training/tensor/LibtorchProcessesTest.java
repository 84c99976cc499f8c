package dev.splitreason.training.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that start together on a machine where libtorch was never loaded. */
class LibtorchProcessesTest {

  private static final int PROCESSES = 3;

  @TempDir private Path folder;

  @Test
  void processes_that_load_it_for_the_first_time_together_all_run() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start(i));
    }

    for (int i = 0; i < PROCESSES; i++) {
      Process process = processes.get(i);
      boolean ended = process.waitFor(10, TimeUnit.MINUTES);
      process.destroyForcibly();
      assertThat(ended).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output(i))).isZero();
    }
  }

  /** What each process runs: like any training, it begins with a model. */
  static final class Worker {

    private Worker() {}

    public static void main(String[] args) {
      ModelShape shape =
          new ModelShape(ModelFamily.QWEN2, 8, 4, 1, 1, 1, 4, 4, 1e-6, Rope.of(10_000), 16, true);
      Transformer.random(shape, Initialization.standard(), 1).close();
    }
  }

  private Process start(int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
            "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(output(number).toFile())
        .start();
  }

  private Path output(int number) {
    return folder.resolve("output-" + number);
  }
}
