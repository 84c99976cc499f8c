package dev.splitreason.engine.contract.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomQwen2Test {

  private static final ModelShape UNTIED = untied(300);

  @TempDir Path folder;

  @Test
  void givesTheSameFileForTheSameSeed() throws IOException {
    byte[] once = Files.readAllBytes(written(RandomQwen2.TINY, GgufTensorType.Q8_0, 7));
    byte[] again = Files.readAllBytes(written(RandomQwen2.TINY, GgufTensorType.Q8_0, 7));

    assertThat(again).isEqualTo(once);
  }

  @Test
  void givesOtherWeightsForAnotherSeed() throws IOException {
    byte[] once = Files.readAllBytes(written(RandomQwen2.TINY, GgufTensorType.F32, 1));
    byte[] other = Files.readAllBytes(written(RandomQwen2.TINY, GgufTensorType.F32, 2));

    assertThat(other).hasSameSizeAs(once).isNotEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasAsManyWeightsAsItsShapeSays(boolean tied) {
    ModelShape shape = tied ? RandomQwen2.TINY : UNTIED;

    GgufFile file = GgufFile.read(written(shape, GgufTensorType.F32, 1));

    assertThat(file.tensors().stream().mapToLong(GgufTensor::elements).sum())
        .isEqualTo(shape.parameters());
    assertThat(file.tensor("output.weight") == null).isEqualTo(tied);
  }

  @ParameterizedTest
  @EnumSource(
      value = GgufTensorType.class,
      names = {"F32", "F16", "Q8_0"})
  void storesMatricesInTheTypeAndVectorsAsFloats(GgufTensorType type) {
    GgufFile file = GgufFile.read(written(UNTIED, type, 1));

    assertThat(file.tensors())
        .allSatisfy(
            tensor ->
                assertThat(tensor.type())
                    .isEqualTo(tensor.shape().size() == 1 ? GgufTensorType.F32 : type));
  }

  @Test
  void tellsItsShapeInTheMetadata() {
    GgufFile file = GgufFile.read(written(UNTIED, GgufTensorType.F32, 1));

    assertThat(file.text("general.architecture")).isEqualTo("qwen2");
    assertThat(file.whole("qwen2.block_count")).isEqualTo(1);
    assertThat(file.whole("qwen2.embedding_length")).isEqualTo(64);
    assertThat(file.whole("qwen2.attention.head_count_kv")).isEqualTo(1);
    assertThat(shapeOf(file, "blk.0.attn_k.weight")).containsExactly(64L, 16L);
    assertThat(shapeOf(file, "blk.0.ffn_down.weight")).containsExactly(96L, 64L);
  }

  @Test
  void hasAVocabularyOfBytesMergesFillersAndControlTokens() {
    GgufFile file = GgufFile.read(written(UNTIED, GgufTensorType.F32, 1));
    List<String> tokens = Objects.requireNonNull(file.texts("tokenizer.ggml.tokens"));

    assertThat(tokens).hasSize(300).doesNotHaveDuplicates().contains("Ġ", "A", "Ċ", "ł", "the");
    assertThat(tokens.get(0xE9)).isEqualTo("é");
    assertThat(tokens.get(0xAD)).isEqualTo("Ń");
    assertThat(tokens).endsWith("<bigmodel>", "</bigmodel>");
    assertThat(file.whole("tokenizer.ggml.eos_token_id"))
        .isEqualTo(tokens.indexOf("<｜end▁of▁sentence｜>"));
    assertThat(file.metadata().get("tokenizer.ggml.token_type"))
        .isInstanceOfSatisfying(
            GgufValue.Wholes.class,
            types -> {
              assertThat(types.values().subList(0, 289)).containsOnly(1L);
              assertThat(types.values().subList(289, 300)).containsOnly(3L);
            });
  }

  @Test
  void neverEndsATextGreedilySinceTheEndTokensRowIsZero() {
    GgufFile file = GgufFile.read(written(UNTIED, GgufTensorType.F32, 1));
    int end = Objects.requireNonNull(file.whole("tokenizer.ggml.eos_token_id")).intValue();
    float[] output = file.floats(Objects.requireNonNull(file.tensor("output.weight")));

    for (int row = 0; row < 300; row++) {
      float sum = 0;
      for (int i = 0; i < 64; i++) {
        sum += Math.abs(output[row * 64 + i]);
      }
      assertThat(sum == 0).as("row %d is zero", row).isEqualTo(row == end);
    }
  }

  @Test
  void refusesAVocabularyTooSmallForItsTokens() {
    ModelShape shape = untied(270);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(shape, GgufTensorType.F32, 1))
        .withMessage(
            "a vocabulary of 270 is too small for 260 byte and merge tokens and 11 control tokens");
  }

  @Test
  void refusesATypeItCannotWrite() {
    // Its rows are no whole blocks of Q4_K.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(UNTIED, GgufTensorType.Q4_K, 1))
        .withMessageContaining("cannot be written as Q5_0");
  }

  @Test
  void refusesControlTokensWithoutTheirEnds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ControlTokens(List.of("<a>", "<b>"), "<a>", "<c>"))
        .withMessageContaining("'<c>' must be among");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ControlTokens(List.of("<a>", "<a>"), "<a>", "<a>"))
        .withMessageContaining("given twice");
  }

  private static ModelShape untied(int vocabulary) {
    return new ModelShape(
        ModelFamily.QWEN2, vocabulary, 64, 1, 4, 1, 16, 96, 1e-6, Rope.of(10_000), 128, false);
  }

  private Path written(ModelShape shape, GgufTensorType type, long seed) {
    Path path = folder.resolve("random.gguf");
    RandomQwen2.of(shape, type, seed).write(path);
    return path;
  }

  private static List<Long> shapeOf(GgufFile file, String name) {
    return Objects.requireNonNull(file.tensor(name)).shape();
  }
}
