package dev.splitreason.training.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.config.ConfigFile;
import dev.splitreason.training.run.RunFolder;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.TrainingRun.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Short runs on the bundled pair. */
class OffloadTrainingTest {

  private static final List<String> SETTINGS =
      List.of(
          "small=../models/small-split.gguf",
          "large=../models/large.gguf",
          "steps=3",
          "grpo.prompts=2",
          "grpo.group=4",
          "grpo.minibatch=4",
          "grpo.kl-weight=0.01",
          "rollout.together=8",
          "rollout.max-tokens=100",
          "checkpoints.every=2");

  @TempDir private Path folder;

  @Test
  void a_run_that_was_stopped_goes_on_as_if_it_had_not_been() throws Exception {
    OffloadConfig config = config();
    RunFolder whole = RunFolder.begin(folder.resolve("whole"), config);
    RunFolder halves = RunFolder.begin(folder.resolve("halves"), config);

    assertThat(run(config, whole, false)).isEqualTo(End.FINISHED);
    assertThat(run(config, halves, true)).isEqualTo(End.STOPPED);
    assertThat(run(config, halves, false)).isEqualTo(End.FINISHED);

    List<JsonNode> expected = steps(whole);
    List<JsonNode> steps = steps(halves);
    assertThat(expected).hasSize(3);
    assertThat(steps).hasSize(3);
    for (int i = 0; i < 3; i++) {
      for (String figure : List.of("reward", "offload_ratio", "loss", "gradient_norm")) {
        assertThat(steps.get(i).path(figure).asDouble())
            .as(figure)
            .isCloseTo(expected.get(i).path(figure).asDouble(), within(1e-3));
      }
    }
    try (Checkpoint trained = HuggingFaceFolder.read(halves.model())) {
      assertThat(trained.model().config().hiddenSize()).isEqualTo(32);
    }
    assertThat(halves.curves()).isNotEmptyFile();
  }

  @Test
  void a_missing_model_is_named() {
    assertThatThrownBy(() -> OffloadTraining.estimate(OffloadConfig.DEFAULT))
        .hasMessageContaining("small is missing: name a Hugging Face folder or a GGUF file");
  }

  @Test
  void a_dry_run_reckons_with_every_answer() throws IOException {
    assertThat(OffloadTraining.estimate(config()).tokens()).isEqualTo(3 * 2 * 4 * 2 * 100);
    assertThat(OffloadTraining.estimate(config()).parameters()).isEqualTo(32_448);
  }

  private static OffloadConfig config() throws IOException {
    return ConfigFile.read(OffloadConfig.DEFAULT, null, SETTINGS);
  }

  private static End run(OffloadConfig config, RunFolder run, boolean stop)
      throws IOException, InterruptedException {
    return OffloadTraining.run(config, run, new RunListener() {}, () -> stop);
  }

  private static List<JsonNode> steps(RunFolder run) throws IOException {
    try (Stream<String> lines = Files.lines(run.metrics())) {
      return lines.map(line -> (JsonNode) JsonMapper.shared().readTree(line)).toList();
    }
  }
}
