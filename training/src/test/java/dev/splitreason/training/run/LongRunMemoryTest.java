package dev.splitreason.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.training.config.ConfigFile;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.offload.OffloadConfig;
import dev.splitreason.training.offload.OffloadTraining;
import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.pretrain.Pretraining;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs, checkpoints and measurements included, leave no native memory behind. The Java heap
 * is bounded by what surefire gives it and counts too.
 */
class LongRunMemoryTest {

  private static final long MEGABYTE = 1L << 20;

  @TempDir private Path folder;

  /** A step's activations are more than 100 kB: left behind, a thousand of them show. */
  @Test
  void a_thousand_steps_on_text() throws Exception {
    PretrainConfig config =
        ConfigFile.read(
            PretrainConfig.DEFAULT,
            null,
            List.of(
                "threads=2",
                "steps=1100",
                "batch=4",
                "micro-batch=2",
                "model.width=16",
                "measure.every=250",
                "measure.problems=4",
                "measure.max-tokens=40",
                "checkpoints.every=250"));
    Growth growth = new Growth("text", 100);

    Pretraining.run(
        config,
        RunFolder.begin(folder.resolve("text"), config),
        Processes.alone(),
        growth,
        () -> false);

    assertThat(growth.bytes()).isLessThan(48 * MEGABYTE);
  }

  @Test
  void fifty_steps_of_grpo() throws Exception {
    OffloadConfig config =
        ConfigFile.read(
            OffloadConfig.DEFAULT,
            null,
            List.of(
                "small=../models/small-split.gguf",
                "large=../models/large.gguf",
                "steps=60",
                "grpo.prompts=2",
                "grpo.group=4",
                "grpo.minibatch=4",
                "rollout.together=8",
                "rollout.max-tokens=100",
                "measure.every=20",
                "measure.problems=4",
                "checkpoints.every=20"));
    Growth growth = new Growth("grpo", 10);

    OffloadTraining.run(
        config,
        RunFolder.begin(folder.resolve("grpo"), config),
        Processes.alone(),
        growth,
        () -> false);

    assertThat(growth.bytes()).isLessThan(48 * MEGABYTE);
  }

  /** How much the process grows once it has warmed up. */
  private static final class Growth implements RunListener {

    private final String run;
    private final int warmUp;
    private long before;
    private long after;

    Growth(String run, int warmUp) {
      this.run = run;
      this.warmUp = warmUp;
    }

    @Override
    public void onStep(StepReport report) {
      if (report.step() == warmUp) {
        before = physicalBytes();
      }
      after = report.step() % 10 == 0 ? physicalBytes() : after;
    }

    private static long physicalBytes() {
      System.gc();
      return Pointer.physicalBytes();
    }

    long bytes() {
      System.out.printf(
          "%s: %d MB after warming up, %d MB at the end%n",
          run, before / MEGABYTE, after / MEGABYTE);
      return after - before;
    }
  }
}
