package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled models go from GGUF to parameters and back. */
class GgufTest {

  private static final Path SMALL = Path.of("../models/small.gguf");

  @TempDir Path folder;

  @Test
  void the_bundled_model_is_read() {
    try (Checkpoint small = GgufImport.read(SMALL);
        JsonTokenizer tokenizer = small.tokenizer()) {
      assertThat(small.model().shape())
          .isEqualTo(
              new ModelShape(ModelFamily.QWEN2, 320, 32, 2, 2, 2, 16, 64, 1e-6, 10000, 512, true));
      assertThat(tokenizer.idOf("<bigmodel>")).isEqualTo(9);
      assertThat(tokenizer.endsText(2)).isTrue();
    }
  }

  @Test
  void its_tokenizer_splits_as_that_of_the_json_file_does() throws IOException {
    String json = Files.readString(Path.of("../models/tokenizer.json"));
    try (Checkpoint small = GgufImport.read(SMALL);
        JsonTokenizer read = small.tokenizer();
        JsonTokenizer original = JsonTokenizer.of(Map.of("tokenizer.json", json))) {
      String text = "<think>Start with 37. Multiply by 48.\n naïve 数学";
      assertThat(read.tokenize(text)).isEqualTo(original.tokenize(text));
      assertThat(read.tokenizeWithControl(text)).isEqualTo(original.tokenizeWithControl(text));
    }
  }

  @Test
  void read_and_written_again_it_says_the_same() {
    Path copy = folder.resolve("copy.gguf");
    try (Checkpoint small = GgufImport.read(SMALL)) {
      GgufExport.write(copy, small, GgufTensorType.F32, "small");
    }
    GgufFile original = GgufFile.read(SMALL);
    GgufFile written = GgufFile.read(copy);
    original
        .metadata()
        .forEach((key, value) -> assertThat(written.metadata()).containsEntry(key, value));
    original
        .tensors()
        .forEach(
            tensor ->
                assertThat(written.floats(Objects.requireNonNull(written.tensor(tensor.name()))))
                    .as(tensor.name())
                    .isEqualTo(original.floats(tensor)));
  }

  @Test
  void vectors_stay_exact_when_matrices_are_quantised() {
    Path file = folder.resolve("q8.gguf");
    try (Checkpoint small = GgufImport.read(SMALL)) {
      GgufExport.write(file, small, GgufTensorType.Q8_0, "q8");
    }
    assertThat(GgufFile.read(file).tensors())
        .allSatisfy(
            tensor ->
                assertThat(tensor.type())
                    .isEqualTo(
                        tensor.shape().size() == 1 ? GgufTensorType.F32 : GgufTensorType.Q8_0));
  }

  @Test
  void another_splitting_rule_is_refused() {
    try (Checkpoint small = GgufImport.read(SMALL)) {
      String json = Objects.requireNonNull(small.files().get("tokenizer.json"));
      Checkpoint other =
          small.withFiles(Map.of("tokenizer.json", json.replace("(?i:'s", "(?i:'x")));
      assertThatThrownBy(
              () -> GgufExport.write(folder.resolve("x"), other, GgufTensorType.F32, "x"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("only Qwen2's rule can be exported");
    }
  }
}
