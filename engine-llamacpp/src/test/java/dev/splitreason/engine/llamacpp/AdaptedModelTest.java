package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.core.shape.Weight;
import dev.splitreason.engine.contract.random.RandomAdapter;
import dev.splitreason.engine.contract.random.RandomQwen2;
import dev.splitreason.engine.llamacpp.trial.VerdictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters change what a model computes as merged weights do, and bad ones are refused. */
class AdaptedModelTest {

  private static final RandomAdapter ADAPTER = new RandomAdapter(RandomQwen2.TINY, 4, 8, 3);

  @TempDir private Path folder;

  @Test
  void anAdapterBesideTheWeightsComputesWhatMergedWeightsDo() throws Exception {
    float[][] plain = logProbs(TinyModel.file(), null);
    float[][] merged = logProbs(merged(), null);
    float[][] adapted = logProbs(TinyModel.file(), written());
    double changed = 0;
    for (int position = 0; position < merged.length; position++) {
      for (int id = 0; id < merged[position].length; id++) {
        assertThat((double) adapted[position][id]).isCloseTo(merged[position][id], within(0.001));
        changed = Math.max(changed, Math.abs(plain[position][id] - merged[position][id]));
      }
    }
    assertThat(changed).as("what the adapter changes").isGreaterThan(0.1);
  }

  @Test
  void anAdapterIsTriedOnceWithItsModel() throws IOException {
    Path store = folder.resolve("tried");
    Path model = Remade.tiny().write(folder.resolve("new.gguf"));
    LlamaCppOptions options = TinyModel.OPTIONS.withAdapter(written());
    for (int i = 0; i < 2; i++) {
      new Admission(LlamaRuntime.get(), new VerdictStore(store)).admit(model, options);
    }
    try (Stream<Path> verdicts = Files.list(store)) {
      assertThat(verdicts).hasSize(2);
    }
  }

  @Test
  void anAdapterForTheEmbeddingsChangesAModelWhoseOutputIsApart() throws Exception {
    ModelShape tied = RandomQwen2.TINY;
    ModelShape untied =
        new ModelShape(
            tied.family(),
            tied.vocabulary(),
            tied.width(),
            1,
            tied.heads(),
            tied.keyValueHeads(),
            tied.headSize(),
            tied.feedForward(),
            tied.normEpsilon(),
            tied.rope(),
            256,
            false);
    Path model = folder.resolve("untied.gguf");
    RandomQwen2.of(untied, GgufTensorType.F32, 1).write(model);
    Path adapter = embeddings(2);
    assertThat(logProbs(model, adapter)[1]).isNotEqualTo(logProbs(model, null)[1]);
  }

  @Test
  void anAdapterForEmbeddingsThatAreTheOutputTooIsRefused() throws IOException {
    assertRefused(embeddings(2), "token_embd.weight.lora_a", "which llama.cpp cannot");
  }

  @Test
  void aModelIsNoAdapter() throws IOException {
    assertRefused(TinyModel.file(), "is no LoRA adapter");
  }

  @Test
  void anAdapterOfAnotherArchitectureIsRefused() {
    assertRefused(with("general.architecture", GgufValue.of("llama")), "'llama'", "'qwen2'");
  }

  @Test
  void keysOfOtherTypesAreRefused() {
    assertRefused(with("general.type", GgufValue.of(7)), "is no LoRA adapter");
    assertRefused(with("adapter.type", GgufValue.of("control_vector")), "is no LoRA adapter");
    assertRefused(with("adapter.lora.alpha", GgufValue.of(16)), "adapter.lora.alpha");
    assertRefused(with("adapter.lora.alpha", GgufValue.of(Float.NaN)), "adapter.lora.alpha");
    assertRefused(with("adapter.alora.invocation_tokens", GgufValue.of(1)), "aLoRA");
  }

  @Test
  void anAdapterForAWiderModelIsRefused() {
    ModelShape wider =
        new ModelShape(
            RandomQwen2.TINY.family(),
            512,
            128,
            2,
            4,
            2,
            32,
            256,
            1e-6,
            Rope.of(10_000),
            1024,
            true);
    Path file = folder.resolve("wider.gguf");
    new RandomAdapter(wider, 4, 8, 3).write(file);
    assertRefused(file, "blk.0.attn_q.weight.lora_a", "[128, 4]", "[64, 4]");
  }

  @Test
  void anAdapterForADeeperModelIsRefused() {
    ModelShape deeper =
        new ModelShape(
            RandomQwen2.TINY.family(),
            512,
            64,
            3,
            4,
            2,
            16,
            128,
            1e-6,
            Rope.of(10_000),
            1024,
            true);
    Path file = folder.resolve("deeper.gguf");
    new RandomAdapter(deeper, 4, 8, 3).write(file);
    assertRefused(file, "blk.2.attn_q.weight", "does not have");
  }

  @Test
  void anAdapterWithHalfAPairANormOrNothingIsRefused() {
    assertRefused(changed(tensors -> tensors.removeLast()), "has no .lora_b beside it");
    assertRefused(changed(tensors -> tensors.removeFirst()), "has no .lora_a beside it");
    assertRefused(changed(List::clear), "it has no tensors");
    TensorSource norm =
        TensorSource.of("output_norm.weight", List.of(64L), GgufTensorType.F32, new float[64]);
    assertRefused(changed(tensors -> tensors.add(norm)), "output_norm.weight", "low-rank");
  }

  @Test
  void theTwoPartsOfAChangeMustBeOfOneRank() {
    TensorSource other =
        TensorSource.of(
            "blk.0.attn_q.weight.lora_b", List.of(2L, 64L), GgufTensorType.F32, new float[128]);
    assertRefused(changed(tensors -> tensors.set(1, other)), "[2, 64]", "[4, 64]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20, 100, 5000})
  void aTruncatedAdapterIsRefused(int bytes) throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path file = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, bytes));
    assertRefused(file, file.toString());
  }

  /** Bytes of the header are damaged one at a time: what passes the rules lives in a trial. */
  @Test
  void aDamagedHeaderEndsNoProcess() throws IOException {
    Path adapter = written();
    byte[] whole = Files.readAllBytes(adapter);
    int header = (int) GgufFile.read(adapter).dataOffset();
    for (int place = 4; place < header; place += header / 30) {
      byte[] damaged = whole.clone();
      damaged[place] ^= (byte) 0x55;
      Path file = Files.write(folder.resolve("damaged-" + place + ".gguf"), damaged);
      try (LlamaCppModel model =
          LlamaCppModel.load(TinyModel.file(), TinyModel.OPTIONS.withAdapter(file))) {
        assertThat(model.info().parameters()).isPositive();
      } catch (ModelException e) {
        assertThat(e).message().startsWith(file.toString()).doesNotContain("\n");
      }
    }
  }

  private Path written() {
    Path file = folder.resolve("adapter.gguf");
    ADAPTER.write(file);
    return file;
  }

  private Path with(String key, GgufValue value) {
    Map<String, GgufValue> metadata = ADAPTER.metadata();
    metadata.put(key, value);
    Path file = folder.resolve("other-key.gguf");
    GgufWriter.write(file, metadata, ADAPTER.tensors());
    return file;
  }

  private Path changed(Consumer<List<TensorSource>> change) {
    List<TensorSource> tensors = new ArrayList<>(ADAPTER.tensors());
    change.accept(tensors);
    Path file = folder.resolve("other-tensors.gguf");
    GgufWriter.write(file, ADAPTER.metadata(), tensors);
    return file;
  }

  private Path embeddings(int rank) {
    float[] down = new float[rank * 512];
    float[] up = new float[rank * 64];
    Arrays.fill(down, 0.3f);
    Arrays.fill(up, 0.3f);
    Path file = folder.resolve("embeddings.gguf");
    GgufWriter.write(
        file,
        ADAPTER.metadata(),
        List.of(
            TensorSource.of(
                "token_embd.weight.lora_a", List.of((long) rank, 512L), GgufTensorType.F32, down),
            TensorSource.of(
                "token_embd.weight.lora_b", List.of((long) rank, 64L), GgufTensorType.F32, up)));
    return file;
  }

  /** The tiny model with the adapter's changes in its weights. */
  private Path merged() throws IOException {
    GgufFile base = GgufFile.read(TinyModel.file());
    List<TensorSource> tensors = new ArrayList<>();
    for (Weight weight : RandomQwen2.TINY.weights().values()) {
      var tensor = Objects.requireNonNull(base.tensor(weight.ggufName()));
      float[] numbers = base.floats(tensor);
      if (weight.extents().size() == 2 && weight.ggufName().startsWith("blk.")) {
        float[] change = ADAPTER.change(weight);
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] += change[i];
        }
      }
      tensors.add(TensorSource.of(tensor.name(), tensor.shape(), GgufTensorType.F32, numbers));
    }
    Path file = folder.resolve("merged.gguf");
    GgufWriter.write(file, base.metadata(), tensors);
    return file;
  }

  private static float[][] logProbs(Path model, @Nullable Path adapter)
      throws InterruptedException {
    int[] all = IntStream.range(0, 512).toArray();
    try (LlamaCppModel loaded = LlamaCppModel.load(model, TinyModel.OPTIONS.withAdapter(adapter));
        Session session = loaded.open()) {
      session.append(5);
      return session
          .score(TinyModel.tokens(1, 30), new ScoreRequest(false, all, false, null))
          .watched();
    }
  }

  private static void assertRefused(Path adapter, String... parts) {
    LlamaCppOptions options = TinyModel.OPTIONS.withAdapter(adapter);
    assertThatThrownBy(() -> LlamaCppModel.load(TinyModel.file(), options))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.NOT_LOADABLE))
        .hasMessageContainingAll(parts)
        .message()
        .startsWith(adapter.toString())
        .doesNotContain("\n");
  }
}
