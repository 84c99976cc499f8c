package dev.splitreason.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.grpo.OffloadConfig;
import dev.splitreason.training.grpo.OffloadTraining;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.pretrain.Pretraining;
import dev.splitreason.training.sft.FineTuning;
import dev.splitreason.training.sft.SftConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
                "compute.threads=2",
                "schedule.steps=1100",
                "schedule.batch=4",
                "schedule.micro-batch=2",
                "model.width=16",
                "measure.every=250",
                "measure.problems=4",
                "measure.max-tokens=40",
                "checkpoints.every=250"));
    Growth growth = new Growth("text", 100);

    Pretraining.run(
        config,
        TrainingFolder.begin(folder.resolve("text"), config),
        Processes.alone(),
        growth,
        () -> false);

    assertThat(growth.bytes()).isLessThan(48 * MEGABYTE);
  }

  @Test
  void a_thousand_steps_of_fine_tuning() throws Exception {
    SftConfig config =
        ConfigFile.read(
            SftConfig.DEFAULT,
            null,
            List.of(
                "compute.threads=2",
                "start.model=../models/checkpoints/small",
                "data.files=[" + traces(44) + "]",
                "data.template=chain",
                "data.held-out=4",
                "schedule.epochs=110",
                "schedule.batch=4",
                "schedule.micro-batch=2",
                "measure.every=250",
                "measure.problems=4",
                "measure.max-tokens=40",
                "checkpoints.every=250"));
    Growth growth = new Growth("fine-tuning", 100);

    FineTuning.run(
        config,
        TrainingFolder.begin(folder.resolve("sft"), config),
        Processes.alone(),
        growth,
        () -> false);

    assertThat(growth.steps).isEqualTo(1100);
    assertThat(growth.bytes()).isLessThan(48 * MEGABYTE);
  }

  private Path traces(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ChainProblem problem : ChainProblems.of(1).first(count).toList()) {
      String tagged = problem.response().replaceFirst("=(\\d)", "=<bigmodel>$1</bigmodel>");
      var line = Json.MAPPER.createObjectNode().put("problem", problem.question());
      lines.add(Json.MAPPER.writeValueAsString(line.put("annotated", tagged)));
    }
    return Files.write(folder.resolve("traces.jsonl"), lines);
  }

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
    Growth growth = new Growth("grpo", 10);

    OffloadTraining.run(
        config,
        TrainingFolder.begin(folder.resolve("grpo"), config),
        Processes.alone(),
        growth,
        () -> false);

    assertThat(growth.bytes()).isLessThan(48 * MEGABYTE);
  }

  /**
   * How much the process grows once it has warmed up. Measurements and checkpoints take memory for
   * a moment, so the least of the first quarter and the least of the last are compared.
   */
  private static final class Growth implements RunListener {

    private final String run;
    private final int warmUp;
    private final List<Long> sizes = new ArrayList<>();
    private long steps;

    Growth(String run, int warmUp) {
      this.run = run;
      this.warmUp = warmUp;
    }

    @Override
    public void onStep(StepReport report) {
      steps = report.step();
      if (steps >= warmUp && steps % Math.ceilDiv(warmUp, 10) == 0) {
        System.gc();
        sizes.add(Pointer.physicalBytes());
      }
    }

    long bytes() {
      int quarter = sizes.size() / 4;
      long before = Collections.min(sizes.subList(0, quarter));
      long after = Collections.min(sizes.subList(sizes.size() - quarter, sizes.size()));
      System.out.printf(
          "%s: %d MB after warming up, %d MB at the end%n",
          run, before / MEGABYTE, after / MEGABYTE);
      return after - before;
    }
  }
}
