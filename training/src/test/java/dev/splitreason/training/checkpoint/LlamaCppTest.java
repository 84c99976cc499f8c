package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.core.shape.RopeScaling;
import dev.splitreason.core.vocabulary.Exchange;
import dev.splitreason.engine.llamacpp.KvType;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.training.model.Adapter;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.KeyValueCache;
import dev.splitreason.training.model.Positions;
import dev.splitreason.training.model.Transformer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** llama.cpp loads what is exported, and computes with it what the model computes. */
class LlamaCppTest {

  private static final Path SMALL = Path.of("../models/small.gguf");
  private static final LlamaCppOptions OPTIONS =
      LlamaCppOptions.DEFAULTS
          .withThreads(1)
          .withContextLength(256)
          .withCacheTokens(512)
          .withKvType(KvType.F32);
  private static final String PROMPT =
      "<｜begin▁of▁sentence｜><｜User｜>Start with 37. Multiply by 48. Add 29. Subtract 85."
          + " Give the last two digits.<｜Assistant｜><think>\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"F32, 0.001", "F16, 0.02", "Q8_0, 0.3"})
  void log_probabilities_of_grouped_heads_agree(GgufTensorType type, double tolerance) {
    assertAgrees(
        new ModelShape(
            ModelFamily.QWEN2, 384, 64, 2, 4, 2, 16, 96, 1e-6, Rope.of(10000), 256, false),
        type,
        tolerance);
  }

  /** Heads that are wider together than the hidden states. */
  @Test
  void log_probabilities_of_qwen3_agree() {
    assertAgrees(
        new ModelShape(
            ModelFamily.QWEN3, 384, 64, 2, 4, 2, 32, 96, 1e-6, Rope.of(10000), 256, true),
        GgufTensorType.F32,
        0.001);
  }

  /** Frequencies of which some are kept, some stretched, and some between. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void log_probabilities_of_llama_agree(boolean scaled) {
    Rope rope = new Rope(10_000, scaled ? new RopeScaling(4, 1, 8, 64) : null);
    assertAgrees(
        new ModelShape(ModelFamily.LLAMA, 384, 64, 2, 4, 2, 16, 96, 1e-6, rope, 256, !scaled),
        GgufTensorType.F32,
        0.001);
  }

  private void assertAgrees(ModelShape shape, GgufTensorType type, double tolerance) {
    try (Checkpoint small = GgufImport.read(SMALL);
        Checkpoint random =
            new Checkpoint(
                Transformer.random(shape, Initialization.scaled(1, 0.5), 1), small.files())) {
      assertAgrees(random, type, tolerance);
    }
  }

  /**
   * In F32 only. From F16 and Q8_0 weights llama.cpp rounds the inputs of every product too, which
   * this trained model of width 32 shows: log-probabilities move by up to 0.32 and 1.7. Where the
   * same rounding is imitated, no more than 0.011 and 0.031 is left.
   */
  @Test
  void log_probabilities_of_the_bundled_model_agree() {
    try (Checkpoint small = GgufImport.read(SMALL)) {
      assertAgrees(small, GgufTensorType.F32, 0.001);
    }
  }

  private void assertAgrees(Checkpoint checkpoint, GgufTensorType type, double tolerance) {
    Path file = folder.resolve("exported.gguf");
    GgufExport.write(file, checkpoint, type, "exported");
    try (PointerScope _ = new PointerScope();
        Checkpoint stored = GgufImport.read(file);
        JsonTokenizer tokenizer = stored.tokenizer();
        LlamaCppModel engine = LlamaCppModel.load(file, OPTIONS);
        Session session = engine.open()) {
      int[] ids = tokenizer.tokenizeWithControl(PROMPT);
      Tokenizer engines = engine.tokenizer();
      assertThat(engines.tokenizeWithControl(PROMPT)).isEqualTo(ids);
      assertThat(engines.tokenize(PROMPT)).isEqualTo(tokenizer.tokenize(PROMPT));
      session.append(ids[0]);
      int[] likely = IntStream.range(0, 320).toArray();
      Scores scores =
          session.score(
              Arrays.copyOfRange(ids, 1, ids.length), new ScoreRequest(false, likely, false, null));
      float[][] expected = logProbs(stored.model(), ids);
      for (int position = 0; position < ids.length; position++) {
        for (int id : likely) {
          // What is as unlikely as one in a million matters to nobody.
          if (expected[position][id] > -14) {
            assertThat((double) scores.watched()[position][id])
                .isCloseTo(expected[position][id], within(tolerance));
          }
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[][] logProbs(Transformer model, int[] ids) {
    Tensor tokens = torch.tensor(Arrays.stream(ids).asLongStream().toArray()).view(1, -1);
    Tensor logProbs =
        torch
            .log_softmax(model.logits(model.forward(tokens, Positions.causal())).select(0, 0), -1)
            .detach()
            .contiguous();
    float[][] rows = new float[ids.length][(int) logProbs.size(1)];
    float[] flat = new float[(int) logProbs.numel()];
    logProbs.data_ptr_float().get(flat);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * rows[i].length, rows[i], 0, rows[i].length);
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(ModelFamily.class)
  void an_adapter_beside_the_weights_agrees_with_merged_weights(ModelFamily family)
      throws InterruptedException {
    ModelShape tiny =
        new ModelShape(family, 384, 64, 2, 4, 2, 16, 96, 1e-6, Rope.of(10000), 256, true);
    Path base = folder.resolve("base.gguf");
    Path tuned = folder.resolve("adapter.gguf");
    Path merged = folder.resolve("merged.gguf");
    try (PointerScope _ = new PointerScope();
        Checkpoint small = GgufImport.read(SMALL);
        Checkpoint random =
            new Checkpoint(
                Transformer.random(tiny, Initialization.scaled(1, 0.5), 1), small.files());
        JsonTokenizer tokenizer = small.tokenizer()) {
      Transformer model = random.model();
      GgufExport.write(base, random, GgufTensorType.F32, "base");
      Adapter.Shape shape = new Adapter.Shape(4, 8, Adapter.Shape.ALL_TARGETS);
      torch.manual_seed(5);
      try (Adapter adapter =
          Adapter.of(
              model.shape(),
              shape,
              (_, extents) -> torch.randn(extents.get(0), extents.get(1)).mul(new Scalar(0.2)))) {
        GgufAdapter.write(tuned, adapter, model.shape(), GgufTensorType.F32, "tuned");
        model.attach(adapter);
        model.merge();
        GgufExport.write(merged, random, GgufTensorType.F32, "merged");
      }
      int[] ids = tokenizer.tokenizeWithControl(PROMPT);
      float[][] expected = engineLogProbs(merged, OPTIONS, ids);
      float[][] adapted = engineLogProbs(base, OPTIONS.withAdapter(tuned), ids);
      for (int position = 0; position < expected.length; position++) {
        assertThat(adapted[position]).containsExactly(expected[position], offset(0.001f));
      }
      assertThat(adapted[0]).isNotEqualTo(engineLogProbs(base, OPTIONS, ids)[0]);
    }
  }

  private static float[][] engineLogProbs(Path file, LlamaCppOptions options, int[] ids)
      throws InterruptedException {
    int[] likely = IntStream.range(0, 320).toArray();
    try (LlamaCppModel engine = LlamaCppModel.load(file, options);
        Session session = engine.open()) {
      session.append(ids[0]);
      int[] rest = Arrays.copyOfRange(ids, 1, ids.length);
      return session.score(rest, new ScoreRequest(false, likely, false, null)).watched();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16"})
  void greedy_text_of_the_bundled_model_is_the_same(GgufTensorType type)
      throws InterruptedException {
    Path file = folder.resolve("exported.gguf");
    try (PointerScope _ = new PointerScope();
        Checkpoint small = GgufImport.read(SMALL);
        JsonTokenizer tokenizer = small.tokenizer()) {
      GgufExport.write(file, small, type, "exported");
      int[] expected = engineGreedy(file, tokenizer.tokenizeWithControl(PROMPT));
      assertThat(expected).hasSizeGreaterThan(20);
      assertThat(greedy(small.model(), tokenizer.tokenizeWithControl(PROMPT), expected.length))
          .isEqualTo(expected);
    }
  }

  /** Weights of the llama architecture, whose rows of queries and keys are stored side by side. */
  @Test
  void a_real_quantised_llama_model_writes_what_llama_cpp_writes_with_it()
      throws InterruptedException {
    String models = System.getenv("SPLITREASON_REAL_MODELS");
    assumeThat(models).as("SPLITREASON_REAL_MODELS names no folder of real models").isNotNull();
    Path file = Path.of(models, "smol135.gguf");
    assumeThat(file).exists();
    String question =
        "<|im_start|>user\nWhat is the capital of France?<|im_end|>\n<|im_start|>assistant\n";
    try (PointerScope _ = new PointerScope();
        Checkpoint real = GgufImport.read(file);
        JsonTokenizer tokenizer = real.tokenizer()) {
      int[] prompt = tokenizer.tokenizeWithControl(question);
      int[] expected = Arrays.copyOf(engineGreedy(file, prompt), 7);
      assertThat(greedy(real.model(), prompt, expected.length)).isEqualTo(expected);
    }
  }

  private static int[] engineGreedy(Path file, int[] prompt) throws InterruptedException {
    try (LlamaCppModel engine = LlamaCppModel.load(file, OPTIONS);
        Session session = engine.open()) {
      session.append(prompt);
      return session.decode(DecodeRequest.upTo(100, Sampling.GREEDY), _ -> {}).tokens().stream()
          .mapToInt(Token::id)
          .toArray();
    }
  }

  private static int[] greedy(Transformer model, int[] prompt, int count) {
    int[] written = new int[count];
    try (KeyValueCache cache = model.newCache(1)) {
      int[] next = prompt;
      for (int i = 0; i < count; i++) {
        Tensor hidden = model.forward(cache, new int[] {0}, new int[][] {next});
        written[i] = (int) model.logits(hidden.select(1, next.length - 1)).argmax().item_long();
        next = new int[] {written[i]};
      }
    }
    return written;
  }

  @Test
  void exported_vocabularies_may_exchange_token_ids() {
    Path file = folder.resolve("small.gguf");
    try (Checkpoint small = GgufImport.read(SMALL);
        JsonTokenizer tokenizer = small.tokenizer()) {
      GgufExport.write(file, small, GgufTensorType.F32, "small");
      try (LlamaCppModel engine = LlamaCppModel.load(file, OPTIONS)) {
        Tokenizer engines = engine.tokenizer();
        assertThat(Exchange.between(engines, tokenizer).byIds()).isTrue();
      }
    }
  }
}
