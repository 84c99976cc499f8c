package dev.splitreason.core.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufShapeTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"QWEN2, 8, true", "QWEN2, 6, false", "LLAMA, 8, false"})
  void what_is_written_is_read(ModelFamily family, int headSize, boolean tied) {
    ModelShape shape =
        new ModelShape(family, 3, 16, 2, 2, 1, headSize, 24, 1e-5, 500_000, 64, tied);

    GgufFile file = written(shape, GgufShape.write(shape, "a model", GgufTensorType.F16));

    assertThat(GgufShape.read(file, family)).isEqualTo(shape);
    assertThat(file.text("general.architecture")).isEqualTo(family.label());
    assertThat(file.whole("general.file_type")).isEqualTo(1);
    assertThat(file.whole(family.label() + ".attention.key_length") == null)
        .as("only where it is not width / heads")
        .isEqualTo(headSize == 8);
  }

  @Test
  void a_file_that_does_not_tell_a_size_is_refused_by_its_name() {
    ModelShape shape =
        new ModelShape(ModelFamily.QWEN2, 3, 16, 2, 2, 1, 8, 24, 1e-5, 500_000, 64, true);
    Map<String, GgufValue> metadata =
        new HashMap<>(GgufShape.write(shape, "a model", GgufTensorType.F32));
    metadata.remove("qwen2.feed_forward_length");

    GgufFile file = written(shape, metadata);

    assertThatThrownBy(() -> GgufShape.read(file, ModelFamily.QWEN2))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("shape.gguf: no whole number 'qwen2.feed_forward_length'");
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
    Path path = folder.resolve("shape.gguf");
    GgufWriter.write(path, all, tensors);
    return GgufFile.read(path);
  }

  private static TensorSource tensor(String name, Long... extents) {
    return new TensorSource(name, List.of(extents), GgufTensorType.F32, (_, _) -> {});
  }
}
