package dev.splitreason.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.pretrain.Pretraining;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long pre-training, checkpoints and measurements included, leaves no native memory behind. */
class PretrainingMemoryTest {

  @TempDir private Path folder;

  /** A step's activations are more than 100 kB: left behind, a thousand of them show. */
  @Test
  void a_thousand_steps_on_text() throws Exception {
    PretrainConfig config =
        ConfigFile.read(
            PretrainConfig.DEFAULT,
            null,
            List.of(
                "compute.threads=2",
                "schedule.steps=1100",
                "schedule.batch=4",
                "schedule.micro-batch=2",
                "model.width=16",
                "measure.every=250",
                "measure.problems=4",
                "measure.max-tokens=40",
                "checkpoints.every=250"));
    MemoryGrowth growth = new MemoryGrowth("text", 100);

    Pretraining.run(
        config,
        TrainingFolder.begin(folder.resolve("text"), config),
        Processes.alone(),
        growth,
        () -> false);

    assertThat(growth.bytes()).isLessThan(48 * MemoryGrowth.MEGABYTE);
  }
}
