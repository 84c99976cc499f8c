package dev.splitreason.training.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.checkpoint.AdapterFolder;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.GgufImport;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.model.Adapter;
import dev.splitreason.training.run.DataChangedException;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.StoppedByLossException;
import dev.splitreason.training.run.TrainingFolder;
import dev.splitreason.training.run.TrainingRun.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Short runs on the bundled pair. */
class OffloadTrainingTest {

  private static final List<String> SETTINGS =
      List.of(
          "models.small=../models/small-split.gguf",
          "models.large=../models/large.gguf",
          "schedule.steps=3",
          "schedule.prompts=2",
          "schedule.group=4",
          "schedule.minibatch=4",
          "loss.kl-weight=0.01",
          "rollouts.together=8",
          "rollouts.max-tokens=100",
          "measure.every=2",
          "measure.problems=6",
          "checkpoints.every=2");

  @TempDir private Path folder;

  @Test
  void a_run_that_was_stopped_goes_on_as_if_it_had_not_been() throws Exception {
    OffloadConfig config = config();
    TrainingFolder whole = TrainingFolder.begin(folder.resolve("whole"), config);
    TrainingFolder halves = TrainingFolder.begin(folder.resolve("halves"), config);

    assertThat(run(config, whole, false)).isEqualTo(End.FINISHED);
    assertThat(run(config, halves, true)).isEqualTo(End.STOPPED);
    assertThat(run(config, halves, false)).isEqualTo(End.FINISHED);

    List<JsonNode> expected = steps(whole);
    List<JsonNode> steps = steps(halves);
    assertThat(lines(halves.metrics())).hasSameSizeAs(lines(whole.metrics()));
    assertThat(expected).hasSize(3);
    assertThat(steps).hasSize(3);
    for (int i = 0; i < 3; i++) {
      for (String figure : List.of("reward", "rollout_offload_ratio", "loss", "gradient_norm")) {
        assertThat(steps.get(i).path(figure).asDouble())
            .as(figure)
            .isCloseTo(expected.get(i).path(figure).asDouble(), within(1e-3));
      }
    }
    try (Checkpoint trained = HuggingFaceFolder.read(halves.model())) {
      assertThat(trained.model().shape().width()).isEqualTo(32);
    }
    assertThat(halves.curves()).isNotEmptyFile();
    assertThat(halves.gguf()).isNotEmptyFile();
  }

  @Test
  void a_run_does_not_go_on_with_problems_that_changed() throws Exception {
    Path problems = folder.resolve("problems.jsonl");
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      rows.append(
          "{\"problem\":\"Start with %d. Add 29. Add 4.\",\"answer\":\"%d\"}\n"
              .formatted(i, i + 33));
    }
    Files.writeString(problems, rows);
    OffloadConfig config =
        ConfigFile.read(
            config(),
            null,
            List.of("data.problems=" + problems, "data.held-out-share=0.25", "measure.problems=2"));
    TrainingFolder run = TrainingFolder.begin(folder.resolve("run"), config);

    assertThat(run(config, run, true)).isEqualTo(End.STOPPED);
    Files.writeString(problems, rows.toString().replace("\"33\"", "\"34\""));

    assertThatThrownBy(() -> run(config, run, false))
        .isInstanceOf(DataChangedException.class)
        .hasMessageContaining("problems.jsonl has another content");
  }

  @Test
  void the_pair_is_measured_before_the_first_step_and_on_the_way() throws Exception {
    OffloadConfig config = config();
    TrainingFolder run = TrainingFolder.begin(folder.resolve("run"), config);

    run(config, run, false);

    List<JsonNode> measured =
        lines(run.metrics()).stream().filter(line -> line.has("accuracy")).toList();
    assertThat(measured).extracting(line -> line.path("step").asInt()).containsExactly(0, 2, 3);
    for (JsonNode line : measured) {
      assertThat(line.path("problems").asInt()).isEqualTo(6);
      assertThat(line.path("accuracy").asDouble()).isBetween(0.5, 1.0);
      assertThat(line.path("offload_ratio").asDouble()).isBetween(0.01, 0.2);
    }
    List<JsonNode> samples = lines(run.samples());
    assertThat(samples).hasSize(3 * 3);
    assertThat(samples.getFirst().path("response").asString()).contains("<bigmodel>");
  }

  @Test
  void an_adapter_learns_beside_weights_that_stay() throws Exception {
    OffloadConfig config =
        ConfigFile.read(config(), null, List.of("lora.rank=2", "optimizer.rate=1e-2"));
    TrainingFolder run = TrainingFolder.begin(folder.resolve("run"), config);

    assertThat(run(config, run, true)).isEqualTo(End.STOPPED);
    assertThat(run(config, run, false)).isEqualTo(End.FINISHED);

    try (Checkpoint base = GgufImport.read(Path.of("../models/small-split.gguf"));
        Checkpoint trained = HuggingFaceFolder.read(run.model());
        Adapter adapter = AdapterFolder.read(run.adapter(), base.model().shape())) {
      float[] before = query(base);
      base.model().attach(adapter);
      base.model().merge();
      assertThat(query(trained)).isEqualTo(query(base)).isNotEqualTo(before);
    }
  }

  private static float[] query(Checkpoint checkpoint) {
    Tensor weights =
        Objects.requireNonNull(
            checkpoint.model().parameters().get("model.layers.0.self_attn.q_proj.weight"));
    float[] values = new float[(int) weights.numel()];
    weights.detach().data_ptr_float().get(values);
    return values;
  }

  @Test
  void a_loss_that_is_no_number_stops_with_the_answers_saved() throws Exception {
    OffloadConfig wild =
        ConfigFile.read(
            config(),
            null,
            List.of("optimizer.rate=1e38", "optimizer.warm-up=0", "measure.every=0"));
    TrainingFolder run = TrainingFolder.begin(folder.resolve("run"), wild);

    assertThatThrownBy(() -> run(wild, run, false))
        .isInstanceOf(StoppedByLossException.class)
        .hasMessageContaining("not-finite-step-")
        .hasMessageContaining("optimizer.rate");

    Path data = folder.resolve("run/not-finite-step-0000001.json");
    JsonNode answers = JsonMapper.shared().readTree(Files.readString(data)).path("rollouts");
    assertThat(answers.size()).isEqualTo(2 * 4);
    assertThat(answers.path(0).path("tokens").size()).isPositive();
    assertThat(run.newestCheckpoint()).isNotNull();
  }

  @Test
  void a_missing_model_is_named() {
    assertThatThrownBy(() -> OffloadTraining.estimate(OffloadConfig.DEFAULT))
        .hasMessageContaining(
            "small is missing: name a Hugging Face folder, a GGUF file or hf:OWNER/NAME");
  }

  @Test
  void a_dry_run_reckons_with_every_answer_and_both_models() throws IOException {
    RunEstimate estimate = OffloadTraining.estimate(config());

    assertThat(estimate.tokens()).isEqualTo(3 * 2 * 4 * 2 * 100);
    assertThat(estimate.parameters()).isEqualTo(parameters("small-split"));
    assertThat(estimate.memory().others()).isGreaterThan(4 * parameters("large"));
  }

  @Test
  void a_dry_run_needs_no_models_whose_shapes_are_named() throws IOException {
    OffloadConfig absent =
        ConfigFile.read(
            config(),
            null,
            List.of(
                "models.small=nowhere",
                "models.large=nowhere/DeepSeek-R1-Distill-Qwen-32B",
                "models.assumed.small=DeepSeek-R1-Distill-Qwen-1.5B",
                "lora.rank=8"));

    RunEstimate estimate = OffloadTraining.estimate(absent);

    assertThat(estimate.parameters()).isEqualTo(1_777_088_000L);
    assertThat(estimate.memory().others()).isGreaterThan(4 * 32_763_876_352L);
    assertThat(estimate.memory().optimizer()).isLessThan(4 * estimate.parameters() / 50);
    OffloadConfig unknown = ConfigFile.read(config(), null, List.of("models.small=nowhere"));
    assertThatThrownBy(() -> OffloadTraining.estimate(unknown))
        .hasMessageContaining("'nowhere' is not there")
        .hasMessageContaining("Qwen2.5-0.5B");
  }

  private static long parameters(String model) {
    return GgufImport.readShape(Path.of("../models/" + model + ".gguf")).parameters();
  }

  private static OffloadConfig config() throws IOException {
    return ConfigFile.read(OffloadConfig.DEFAULT, null, SETTINGS);
  }

  private static End run(OffloadConfig config, TrainingFolder run, boolean stop)
      throws IOException, InterruptedException {
    return OffloadTraining.run(config, run, Processes.alone(), new RunListener() {}, () -> stop);
  }

  private static List<JsonNode> steps(TrainingFolder run) throws IOException {
    return lines(run.metrics()).stream().filter(line -> line.has("loss")).toList();
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(line -> (JsonNode) JsonMapper.shared().readTree(line)).toList();
    }
  }
}
