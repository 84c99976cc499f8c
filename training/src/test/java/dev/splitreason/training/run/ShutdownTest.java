package dev.splitreason.training.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program of a user's own that trains, and is ended from outside or by itself. */
class ShutdownTest {

  private static final int ENDED_BY_SIGTERM = 143;
  private static final int ENDED_BY_ITSELF = 7;

  @TempDir private Path folder;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
  void a_process_that_is_ended_finishes_its_step_and_saves_the_run() throws Exception {
    Process process = start("train");
    Path metrics = folder.resolve("run/metrics.jsonl");
    while (process.isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 0)) {
      Thread.sleep(50);
    }

    process.destroy();

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output()).isEqualTo(ENDED_BY_SIGTERM);
    Path checkpoint = requireNonNull(new TrainingFolder(folder.resolve("run")).newestCheckpoint());
    long saved = Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
    assertThat(Files.readAllLines(metrics)).hasSize((int) saved);
  }

  /** The shutdown must not wait for a run that waits for the shutdown. */
  @Test
  void a_run_that_ends_the_process_itself_does_not_hang() throws Exception {
    Process process = start("exit");

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output()).isEqualTo(ENDED_BY_ITSELF);
  }

  /** What the process runs. */
  static final class Worker {

    private Worker() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      PretrainConfig config =
          ConfigFile.read(
              PretrainConfig.DEFAULT,
              null,
              List.of(
                  "compute.threads=1",
                  "schedule.steps=1000000",
                  "schedule.batch=8",
                  "model.width=16",
                  "measure.every=0",
                  "checkpoints.every=0"));
      TrainingFolder run = TrainingFolder.begin(Path.of(args[1]), config);
      boolean exits = args[0].equals("exit");
      Pretraining.run(
          config,
          run,
          Processes.alone(),
          new RunListener() {},
          () -> {
            if (exits) {
              System.exit(ENDED_BY_ITSELF);
            }
            return false;
          });
    }
  }

  private Process start(String what) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            what,
            folder.resolve("run").toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }
}
