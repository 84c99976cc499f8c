package dev.splitreason.core.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.core.shape.RopeScaling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufShapeTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"QWEN2, 8, true", "QWEN2, 6, false", "QWEN3, 6, true", "LLAMA, 8, false"})
  void what_is_written_is_read(ModelFamily family, int headSize, boolean tied) {
    ModelShape shape =
        new ModelShape(family, 3, 16, 2, 2, 1, headSize, 24, 1e-5, Rope.of(500_000), 64, tied);

    GgufFile file = written(shape, GgufShape.write(shape, "a model", GgufTensorType.F16));

    assertThat(GgufShape.read(file)).isEqualTo(shape);
    assertThat(file.text("general.architecture")).isEqualTo(family.label());
    assertThat(file.whole("general.file_type")).isEqualTo(1);
    assertThat(file.whole(family.label() + ".attention.key_length") == null)
        .as("only where it is not width / heads")
        .isEqualTo(headSize == 8);
  }

  @Test
  void scaled_frequencies_are_written_as_llama_cpp_reads_them_and_read_again() {
    RopeScaling scaling = new RopeScaling(4, 1, 8, 64);
    ModelShape shape =
        new ModelShape(
            ModelFamily.LLAMA, 3, 16, 2, 2, 1, 16, 24, 1e-5, new Rope(10_000, scaling), 64, true);

    GgufFile file = written(shape, GgufShape.write(shape, "a model", GgufTensorType.F16));

    assertThat(GgufShape.read(file)).isEqualTo(shape);
    GgufTensor divisors = Objects.requireNonNull(file.tensor("rope_freqs.weight"));
    // Waves of 2π, 20, 63, 199, … tokens pass 10, 3.2, 1.02, 0.3 … times in 64.
    assertThat(file.floats(divisors))
        .containsExactly(new float[] {1, 2.0493f, 3.9684f, 4, 4, 4, 4, 4}, within(1e-4f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "general.architecture | gemma3 | architecture is 'gemma3'; these can be trained: qwen2, qwen3,"
            + " llama",
        "llama.rope.scaling.type | yarn | rotary positions of kind 'yarn' are not supported",
        "llama.rope.dimension_count | 4 | turn 4 of each head's 8 elements, which is not supported",
        "llama.expert_count | 8 | mixtures of experts are not supported"
      })
  void what_would_be_another_model_is_refused(String key, String value, String problem) {
    ModelShape shape =
        new ModelShape(ModelFamily.LLAMA, 3, 16, 2, 2, 1, 8, 24, 1e-5, Rope.of(500_000), 64, true);
    Map<String, GgufValue> metadata =
        new HashMap<>(GgufShape.write(shape, "a model", GgufTensorType.F32));
    metadata.put(
        key, value.matches("\\d+") ? GgufValue.of(Integer.parseInt(value)) : GgufValue.of(value));

    GgufFile file = written(shape, metadata);

    assertThatThrownBy(() -> GgufShape.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith(problem);
  }

  @Test
  void other_scalings_than_llama_3s_are_refused() {
    ModelShape shape =
        new ModelShape(ModelFamily.LLAMA, 3, 16, 2, 2, 1, 8, 24, 1e-5, Rope.of(500_000), 64, true);
    Path path = folder.resolve("scaled.gguf");
    Map<String, GgufValue> metadata =
        new HashMap<>(GgufShape.write(shape, "a model", GgufTensorType.F32));
    metadata.put("tokenizer.ggml.tokens", new GgufValue.Texts(List.of("a", "b", "c")));
    GgufWriter.write(
        path,
        metadata,
        List.of(
            tensor("blk.0.attn_norm.weight", 16L),
            TensorSource.of(
                "rope_freqs.weight", List.of(4L), GgufTensorType.F32, new float[] {1, 3, 2, 3})));

    assertThatThrownBy(() -> GgufShape.read(GgufFile.read(path)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith(
            "rope_freqs.weight scales rotary positions otherwise than Llama 3 does");
  }

  @Test
  void a_file_that_does_not_tell_a_size_is_refused_by_its_name() {
    ModelShape shape =
        new ModelShape(ModelFamily.QWEN2, 3, 16, 2, 2, 1, 8, 24, 1e-5, Rope.of(500_000), 64, true);
    Map<String, GgufValue> metadata =
        new HashMap<>(GgufShape.write(shape, "a model", GgufTensorType.F32));
    metadata.remove("qwen2.feed_forward_length");

    GgufFile file = written(shape, metadata);

    assertThatThrownBy(() -> GgufShape.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("shape.gguf: no whole number 'qwen2.feed_forward_length'");
  }

  /** Whatever a damaged header says under a key of the shape, it is one line that tells the key. */
  @Test
  void a_value_that_no_model_has_is_refused_in_one_line() {
    ModelShape shape =
        new ModelShape(ModelFamily.QWEN2, 3, 16, 2, 2, 1, 6, 24, 1e-5, Rope.of(500_000), 64, true);
    Map<String, GgufValue> sound = GgufShape.write(shape, "a model", GgufTensorType.F32);
    List<GgufValue> odd =
        List.of(
            GgufValue.of("16"),
            GgufValue.of(true),
            GgufValue.of(0),
            GgufValue.of(-1f),
            GgufValue.of(Float.NaN),
            GgufValue.of(Float.NEGATIVE_INFINITY),
            new GgufValue.Whole(GgufValueType.INT64, -16),
            new GgufValue.Whole(GgufValueType.UINT64, Long.MAX_VALUE),
            new GgufValue.Whole(GgufValueType.UINT32, 0xFFFF_FFFFL),
            new GgufValue.Wholes(GgufValueType.UINT32, List.of(16L, 16L)),
            new GgufValue.Reals(GgufValueType.FLOAT32, List.of(1.0)),
            new GgufValue.Flags(List.of(true)),
            new GgufValue.Texts(List.of("a")));
    for (String key : sound.keySet()) {
      // What llama.cpp reads of the value's length, and a shape does not tell.
      if (!key.startsWith("qwen2.") || key.endsWith(".value_length")) {
        continue;
      }
      for (GgufValue value : odd) {
        Map<String, GgufValue> damaged = new HashMap<>(sound);
        damaged.put(key, value);
        GgufFile file = written(shape, damaged);

        assertThatThrownBy(() -> GgufShape.read(file))
            .as("%s is %s", key, value)
            .isInstanceOf(ModelFileException.class)
            .message()
            .hasLineCount(1)
            .contains("shape.gguf: ");
      }
    }
  }

  /**
   * A file with a vocabulary of three tokens, and of the weights one of each layer and the last.
   */
  private GgufFile written(ModelShape shape, Map<String, GgufValue> metadata) {
    Map<String, GgufValue> all = new HashMap<>(metadata);
    all.put("tokenizer.ggml.tokens", new GgufValue.Texts(List.of("a", "b", "c")));
    List<TensorSource> tensors = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      tensors.add(tensor("blk." + layer + ".attn_norm.weight", 16L));
    }
    if (!shape.tiedEmbeddings()) {
      tensors.add(tensor("output.weight", 16L, 3L));
    }
    tensors.addAll(GgufShape.tensors(shape));
    Path path = folder.resolve("shape.gguf");
    GgufWriter.write(path, all, tensors);
    return GgufFile.read(path);
  }

  private static TensorSource tensor(String name, Long... extents) {
    return new TensorSource(name, List.of(extents), GgufTensorType.F32, (_, _) -> {});
  }
}
