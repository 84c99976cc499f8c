package dev.splitreason.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole pipeline from nothing, as a user starts it: minutes of training, stopped once. */
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class QuickJourneyTest {

  @TempDir private Path folder;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
  void theJourneyIsStoppedGoesOnAndShowsThatLearningToHandOverPays() throws Exception {
    CommandProcess first =
        CommandProcess.start(Map.of(), "reproduce", "--quick", "--output", folder.toString());
    Path metrics = folder.resolve("small/metrics.jsonl");
    while (first.process().isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 0)) {
      Thread.sleep(100);
    }
    first.process().destroy();
    assertThat(first.finish().status()).isNotZero();
    assertThat(folder.resolve("small/checkpoints")).isNotEmptyDirectory();

    Result whole =
        CommandProcess.run("reproduce", "--quick", "--json", "--output", folder.toString());

    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(whole.err()).contains("train pretrain --resume --output " + folder.resolve("small"));
    assertThat(Path.of(whole.json().get("report").asString())).isNotEmptyFile();
    // Measured: 0.425 and 0.955. Another processor rounds differently, and trains another model.
    assertThat(accuracy("eval-sft", "learned")).isGreaterThan(accuracy("eval-sft", "small") + 0.2);
    assertThat(folder.resolve("eval-split/report.html")).isNotEmptyFile();
  }

  private double accuracy(String evaluation, String policy) throws Exception {
    Path samples = folder.resolve(evaluation).resolve("samples.jsonl");
    int right = 0;
    int all = 0;
    for (String line : Files.readAllLines(samples)) {
      JsonNode sample = JsonMapper.shared().readTree(line);
      if (sample.get("policy").asString().equals(policy)) {
        right += sample.get("outcome").asString().equals("right") ? 1 : 0;
        all++;
      }
    }
    return (double) right / all;
  }
}
