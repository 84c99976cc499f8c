package dev.splitreason.training.sft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.checkpoint.AdapterFolder;
import dev.splitreason.training.checkpoint.AddedTokens;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.GgufImport;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.model.Adapter;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.run.DataChangedException;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.StoppedByLossException;
import dev.splitreason.training.run.TrainingFolder;
import dev.splitreason.training.run.TrainingRun.End;
import dev.splitreason.training.tokenizer.ChainVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short runs of a tiny model on a few traces, with every way of learning from them. */
class FineTuningTest {

  private static final Map<String, String> BESIDE =
      Map.of(
          "generation_config.json", "{\"temperature\": 0.6}",
          "chat_template.jinja", "{{ messages[0].content }}");
  private static final String QUERY = "model.layers.0.self_attn.q_proj.weight";

  @TempDir private Path folder;

  private SftConfig config = SftConfig.DEFAULT;

  @BeforeEach
  void prepare() throws IOException {
    var files = ChainVocabulary.files();
    try (JsonTokenizer tokenizer = JsonTokenizer.of(files)) {
      ModelShape shape =
          new ModelShape(
              ModelFamily.QWEN2,
              tokenizer.size(),
              16,
              2,
              2,
              1,
              8,
              16,
              1e-6,
              Rope.of(10_000),
              256,
              true);
      Transformer model = Transformer.random(shape, Initialization.scaled(0.7, 0.1), 1);
      try (Checkpoint checkpoint = new Checkpoint(model, files).withFiles(BESIDE)) {
        HuggingFaceFolder.write(folder.resolve("base"), checkpoint);
      }
    }
    List<String> lines = new ArrayList<>();
    for (ChainProblem problem : ChainProblems.of(1).first(20).toList()) {
      var line = Json.MAPPER.createObjectNode().put("problem", problem.question());
      String tagged = problem.response().replaceFirst("=(\\d)", "=<ask>$1</ask>");
      lines.add(Json.MAPPER.writeValueAsString(line.put("annotated", tagged)));
    }
    Files.write(folder.resolve("traces.jsonl"), lines);
    config =
        ConfigFile.read(
            SftConfig.DEFAULT,
            null,
            List.of(
                "compute.threads=1",
                "start.model=" + folder.resolve("base"),
                "data.files=[" + folder.resolve("traces.jsonl") + "]",
                "data.open-tag=<ask>",
                "data.close-tag=</ask>",
                "data.held-out=4",
                "schedule.epochs=2",
                "schedule.batch=4",
                "schedule.micro-batch=2",
                "measure.every=4",
                "measure.problems=2",
                "measure.max-tokens=10",
                "checkpoints.every=4"));
  }

  @Test
  void a_run_leaves_its_model_with_what_lay_beside_the_base() throws Exception {
    List<Double> losses = new ArrayList<>();

    assertThat(train("run", config, losses, () -> false)).isEqualTo(End.FINISHED);

    assertThat(losses).hasSize(8);
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
    Path run = folder.resolve("run");
    assertThat(run.resolve("curves.png")).isNotEmptyFile();
    assertThat(run.resolve("samples.jsonl")).isNotEmptyFile();
    assertThat(run.resolve("model/generation_config.json"))
        .hasContent(BESIDE.get("generation_config.json"));
    assertThat(run.resolve("model/chat_template.jinja"))
        .hasContent(BESIDE.get("chat_template.jinja"));
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("\"held_out_loss\":");
    assertThat(run.resolve("adapter")).doesNotExist();
  }

  @Test
  void tags_are_plain_text_unless_they_are_added_as_tokens() throws Exception {
    train("text", config, new ArrayList<>(), () -> false);
    train("tokens", with("start.added-tokens=['<ask>', '</ask>']"), new ArrayList<>(), () -> false);

    try (Checkpoint text = HuggingFaceFolder.read(folder.resolve("text/model"));
        Checkpoint tokens = HuggingFaceFolder.read(folder.resolve("tokens/model"));
        Checkpoint exported = GgufImport.read(folder.resolve("tokens/model.gguf"));
        JsonTokenizer textTokenizer = text.tokenizer();
        JsonTokenizer tokenTokenizer = tokens.tokenizer();
        JsonTokenizer exportedTokenizer = exported.tokenizer()) {
      assertThat(textTokenizer.tokenizeWithControl("<ask>")).hasSizeGreaterThan(1);
      assertThat(tokenTokenizer.tokenizeWithControl("<ask></ask>")).containsExactly(320, 321);
      assertThat(exportedTokenizer.tokenizeWithControl("<ask></ask>")).containsExactly(320, 321);
      assertThat(text.model().shape().vocabulary()).isEqualTo(320);
      assertThat(tokens.model().shape().vocabulary()).isEqualTo(384);
    }
    assertThat(folder.resolve("tokens/model/chat_template.jinja")).exists();
  }

  @Test
  void a_resumed_run_keeps_the_tokens_it_has_added() throws Exception {
    SftConfig tokens = with("start.added-tokens=['<ask>', '</ask>']");
    assertResumes(tokens, within(0.0));
  }

  @Test
  void an_adapter_learns_beside_weights_that_stay() throws Exception {
    SftConfig lora = with("lora.rank=2", "lora.targets=[q_proj, down_proj]", "optimizer.rate=1e-2");
    List<Double> losses = new ArrayList<>();

    train("run", lora, losses, () -> false);

    assertThat(losses.getLast()).isLessThan(losses.getFirst());
    try (Checkpoint base = HuggingFaceFolder.read(folder.resolve("base"));
        Checkpoint merged = HuggingFaceFolder.read(folder.resolve("run/model"));
        Adapter adapter = AdapterFolder.read(folder.resolve("run/adapter"), base.model().shape())) {
      assertThat(adapter.shape().targets()).containsExactly("q_proj", "down_proj");
      assertThat(values(merged, ModelShape.EMBEDDINGS))
          .isEqualTo(values(base, ModelShape.EMBEDDINGS));
      float[] before = values(base, QUERY);
      base.model().attach(adapter);
      base.model().merge();
      assertThat(values(merged, QUERY)).isEqualTo(values(base, QUERY)).isNotEqualTo(before);
    }
    assertThat(folder.resolve("run/checkpoints/step-0000008/adapter_model.safetensors")).exists();
    assertThat(folder.resolve("run/checkpoints/step-0000008/model.safetensors")).doesNotExist();
    GgufFile forLlama = GgufFile.read(folder.resolve("run/adapter.gguf"));
    assertThat(forLlama.tensors())
        .extracting(GgufTensor::name)
        .contains("blk.0.attn_q.weight.lora_a", "blk.0.ffn_down.weight.lora_b")
        .doesNotContain("blk.0.attn_k.weight.lora_a");
  }

  @Test
  void a_resumed_adapter_has_the_losses_of_an_uninterrupted_one() throws Exception {
    assertResumes(with("lora.rank=2", "optimizer.rate=1e-2"), within(0.0));
  }

  @Test
  void several_threads_train_one_adapter() throws Exception {
    List<Double> one = new ArrayList<>();
    List<Double> two = new ArrayList<>();
    train("one", with("lora.rank=2", "optimizer.rate=1e-2"), one, () -> false);
    train("two", with("lora.rank=2", "optimizer.rate=1e-2", "compute.threads=2"), two, () -> false);

    for (int step = 0; step < one.size(); step++) {
      assertThat(two.get(step)).isCloseTo(one.get(step), within(1e-4));
    }
  }

  @Test
  void an_adapter_learns_the_rows_of_new_tokens_and_no_others() throws Exception {
    SftConfig both =
        with("lora.rank=2", "start.added-tokens=['<ask>', '</ask>']", "optimizer.rate=1e-2");

    train("run", both, new ArrayList<>(), () -> false);

    try (Checkpoint base = HuggingFaceFolder.read(folder.resolve("base"));
        Checkpoint grown = AddedTokens.add(base, both.start().addedTokens());
        Checkpoint merged = HuggingFaceFolder.read(folder.resolve("run/model"));
        Adapter adapter =
            AdapterFolder.read(folder.resolve("run/adapter"), merged.model().shape());
        JsonTokenizer tokenizer = merged.tokenizer()) {
      List<Integer> ids =
          both.start().addedTokens().stream()
              .map(tokenizer::idOf)
              .map(Objects::requireNonNull)
              .toList();
      int width = grown.model().shape().width();
      float[] before = values(grown, ModelShape.EMBEDDINGS);
      float[] after = values(merged, ModelShape.EMBEDDINGS);
      assertThat(adapter.shape().tokens()).isEqualTo(ids);
      assertThat(folder.resolve("run/adapter.gguf")).doesNotExist();
      assertThat(IntStream.range(0, before.length).filter(i -> before[i] != after[i]).boxed())
          .isNotEmpty()
          .allMatch(i -> ids.contains(i / width));
      assertThat(ids)
          .allMatch(
              id ->
                  !Arrays.equals(
                      before, id * width, (id + 1) * width, after, id * width, (id + 1) * width));
    }
  }

  @Test
  void a_resumed_adapter_keeps_the_rows_of_new_tokens() throws Exception {
    assertResumes(with("lora.rank=2", "start.added-tokens=['<ask>', '</ask>']"), within(0.0));
  }

  @Test
  void an_adapter_changes_matrices_of_layers_only() {
    assertThatThrownBy(() -> with("lora.rank=2", "lora.targets=[lm_head]"))
        .hasMessageContaining("the targets of an adapter are among");
  }

  /**
   * Where there is no BF16, the run says so; where there is, its losses are those of F32 nearly.
   */
  @Test
  void bf16_is_nearly_as_good() throws Exception {
    List<Double> exact = new ArrayList<>();
    List<Double> half = new ArrayList<>();
    train("f32", config, exact, () -> false);
    try {
      train("bf16", with("precision=bf16"), half, () -> false);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("set precision to f32");
      return;
    }

    assertThat(half).isNotEqualTo(exact);
    for (int step = 0; step < exact.size(); step++) {
      assertThat(half.get(step)).isCloseTo(exact.get(step), within(0.05));
    }
    assertThat(Files.readString(folder.resolve("bf16/model/config.json"))).contains("float32");
  }

  @Test
  void a_loss_that_is_no_number_stops_with_the_data_saved() throws Exception {
    SftConfig wild = with("optimizer.rate=1e38", "optimizer.warm-up=0", "measure.every=0");

    assertThatThrownBy(() -> train("run", wild, new ArrayList<>(), () -> false))
        .isInstanceOf(StoppedByLossException.class);

    assertThat(folder.resolve("run")).isDirectoryContaining("glob:**not-finite-step-*.json");
    assertThat(folder.resolve("run/checkpoints")).isNotEmptyDirectory();
  }

  @Test
  void a_run_whose_data_changed_does_not_go_on() throws Exception {
    SftConfig own = with("data.files=[" + folder.resolve("own.jsonl") + "]");
    Path data = Path.of(own.data().files().getFirst());
    Files.copy(Path.of(config.data().files().getFirst()), data);
    List<String> whole = Files.readAllLines(data);
    long bytes = Files.size(data);
    List<Double> losses = new ArrayList<>();
    assertThat(train("run", own, losses, () -> losses.size() == 2)).isEqualTo(End.STOPPED);

    Files.write(data, whole.subList(0, whole.size() - 1));
    assertThatThrownBy(() -> resume("run", own, losses))
        .isInstanceOf(DataChangedException.class)
        .hasMessageContaining("own.jsonl had %,d bytes and has %,d", bytes, Files.size(data));
    Files.write(data, whole);
    resume("run", own, losses);

    assertThat(losses).hasSizeGreaterThan(2);
  }

  private void assertResumes(SftConfig config, Offset<Double> offset) throws Exception {
    List<Double> whole = new ArrayList<>();
    train("whole", config, whole, () -> false);
    List<Double> parts = new ArrayList<>();
    assertThat(train("parts", config, parts, () -> parts.size() == 3)).isEqualTo(End.STOPPED);
    resume("parts", config, parts);

    assertThat(parts).hasSameSizeAs(whole);
    for (int step = 0; step < whole.size(); step++) {
      assertThat(parts.get(step)).isCloseTo(whole.get(step), offset);
    }
  }

  private SftConfig with(String... settings) throws IOException {
    return ConfigFile.read(config, null, List.of(settings));
  }

  private End train(String name, SftConfig config, List<Double> losses, BooleanSupplier stop)
      throws Exception {
    TrainingFolder run = TrainingFolder.begin(folder.resolve(name), config);
    return FineTuning.run(config, run, Processes.alone(), into(losses), stop);
  }

  private void resume(String name, SftConfig config, List<Double> losses) throws Exception {
    TrainingFolder run = TrainingFolder.resume(folder.resolve(name));
    FineTuning.run(config, run, Processes.alone(), into(losses), () -> false);
  }

  private static RunListener into(List<Double> losses) {
    return new RunListener() {
      @Override
      public void onStep(StepReport report) {
        losses.add(report.loss());
      }
    };
  }

  private static float[] values(Checkpoint checkpoint, String name) {
    Tensor weights = Objects.requireNonNull(checkpoint.model().parameters().get(name));
    float[] values = new float[(int) weights.numel()];
    weights.detach().contiguous().data_ptr_float().get(values);
    return values;
  }
}
