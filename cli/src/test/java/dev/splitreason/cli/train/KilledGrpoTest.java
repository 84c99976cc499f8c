package dev.splitreason.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GRPO that nobody asked whether it may be ended. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledGrpoTest {

  private static final int STEPS = 5;

  /** Each is a moment of its own: before the first checkpoint, behind one, and between two. */
  private static final List<Integer> KILLED_AFTER = List.of(1, 2, 3);

  @TempDir private Path folder;

  @Test
  void killedThreeTimesItComesToTheSameLosses() throws Exception {
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    Result ended = CommandProcess.run(begin(whole));
    assertThat(ended.status()).as(ended.err()).isZero();

    String[] command = begin(killed);
    for (int steps : KILLED_AFTER) {
      CommandProcess process = CommandProcess.start(Map.of(), command);
      while (process.process().isAlive() && steps(killed).size() < steps) {
        Thread.sleep(5);
      }
      assertThat(process.process().isAlive()).as("killed while it ran").isTrue();
      process.kill();
      command = new String[] {"train", "grpo", "--resume", "--output", killed.toString()};
    }
    Result resumed = CommandProcess.run(command);

    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("going on");
    List<JsonNode> expected = steps(whole);
    List<JsonNode> steps = steps(killed);
    assertThat(steps)
        .extracting(step -> step.path("step").asInt())
        .isEqualTo(expected.stream().map(step -> step.path("step").asInt()).toList())
        .hasSize(STEPS);
    for (int i = 0; i < STEPS; i++) {
      for (String figure : List.of("loss", "reward", "rollout_offload_ratio", "gradient_norm")) {
        assertThat(steps.get(i).path(figure).asDouble())
            .as(figure + " of step " + (i + 1))
            .isCloseTo(expected.get(i).path(figure).asDouble(), within(1e-3));
      }
    }
    assertThat(steps).anyMatch(step -> step.path("gradient_norm").asDouble() > 0);
    assertThat(killed.resolve("model.gguf")).isNotEmptyFile();
  }

  private static String[] begin(Path output) {
    Path models = CommandProcess.project().resolve("models");
    return Stream.concat(
            Stream.of("train", "grpo", "--output", output.toString()),
            Stream.of(
                    "models.small=" + models.resolve("small-split.gguf"),
                    "models.large=" + models.resolve("large.gguf"),
                    "compute.threads=1",
                    "schedule.steps=" + STEPS,
                    "schedule.prompts=2",
                    "schedule.group=4",
                    "rollouts.max-tokens=100",
                    "measure.problems=2",
                    "checkpoints.every=2")
                .flatMap(setting -> Stream.of("--set", setting)))
        .toArray(String[]::new);
  }

  /** What is on disk of a run's steps; its last line may be half written. */
  private static List<JsonNode> steps(Path run) throws IOException {
    Path metrics = run.resolve("metrics.jsonl");
    if (!Files.exists(metrics)) {
      return List.of();
    }
    String text = Files.readString(metrics);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> JsonMapper.shared().readTree(line))
        .filter(line -> line.has("loss"))
        .toList();
  }
}
