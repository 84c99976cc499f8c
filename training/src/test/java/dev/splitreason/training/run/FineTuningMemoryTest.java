package dev.splitreason.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.sft.FineTuning;
import dev.splitreason.training.sft.SftConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long fine-tuning, checkpoints and measurements included, leaves no native memory behind. */
class FineTuningMemoryTest {

  @TempDir private Path folder;

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
    MemoryGrowth growth = new MemoryGrowth("fine-tuning", 100);

    FineTuning.run(
        config,
        TrainingFolder.begin(folder.resolve("sft"), config),
        Processes.alone(),
        growth,
        () -> false);

    assertThat(growth.steps()).isEqualTo(1100);
    assertThat(growth.bytes()).isLessThan(48 * MemoryGrowth.MEGABYTE);
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
}
