package dev.splitreason.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.grpo.OffloadConfig;
import dev.splitreason.training.grpo.OffloadTraining;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long GRPO run, with its models, leaves no native memory behind. */
class OffloadMemoryTest {

  @TempDir private Path folder;

  @Test
  void fifty_steps_of_grpo() throws Exception {
    OffloadConfig config =
        ConfigFile.read(
            OffloadConfig.DEFAULT,
            null,
            List.of(
                "models.small=../models/small-split.gguf",
                "models.large=../models/large.gguf",
                "schedule.steps=60",
                "schedule.prompts=2",
                "schedule.group=4",
                "schedule.minibatch=4",
                "rollouts.together=8",
                "rollouts.max-tokens=100",
                "measure.every=20",
                "measure.problems=4",
                "checkpoints.every=20"));
    MemoryGrowth growth = new MemoryGrowth("grpo", 10);

    OffloadTraining.run(
        config,
        TrainingFolder.begin(folder.resolve("grpo"), config),
        Processes.alone(),
        growth,
        () -> false);

    assertThat(growth.bytes()).isLessThan(48 * MemoryGrowth.MEGABYTE);
  }
}
