package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.core.shape.RopeScaling;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
              new ModelShape(
                  ModelFamily.QWEN2, 320, 32, 2, 2, 2, 16, 64, 1e-6, Rope.of(10000), 512, true));
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
  void a_vocabulary_that_no_tokenizer_takes_is_refused_by_the_name_of_its_file() {
    GgufFile small = GgufFile.read(SMALL);
    Map<String, GgufValue> metadata = new LinkedHashMap<>(small.metadata());
    metadata.put("tokenizer.ggml.merges", new GgufValue.Texts(List.of("nospace")));
    Path damaged = folder.resolve("damaged.gguf");
    GgufWriter.write(
        damaged,
        metadata,
        small.tensors().stream()
            .map(
                tensor ->
                    TensorSource.of(
                        tensor.name(), tensor.shape(), tensor.type(), small.floats(tensor)))
            .toList());

    assertThatThrownBy(() -> GgufImport.read(damaged))
        .isInstanceOf(ModelFileException.class)
        .message()
        .startsWith(damaged + ": its tokenizer cannot be used: ")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @EnumSource
  void every_family_comes_back_bit_by_bit_from_files_of_both_kinds(ModelFamily family) {
    Rope rope = new Rope(10_000, family.scaledRope() ? new RopeScaling(4, 1, 8, 64) : null);
    ModelShape shape =
        new ModelShape(family, 320, 16, 2, 4, 2, 16, 24, 1e-5, rope, 64, family.headNorms());
    Path gguf = folder.resolve("family.gguf");
    try (Checkpoint small = GgufImport.read(SMALL);
        Checkpoint original =
            new Checkpoint(
                Transformer.random(shape, Initialization.scaled(1, 0.5), 1), small.files())) {
      GgufExport.write(gguf, original, GgufTensorType.F32, "family");
      HuggingFaceFolder.write(folder, original);
      try (Checkpoint fromGguf = GgufImport.read(gguf);
          Checkpoint fromFolder = HuggingFaceFolder.read(folder)) {
        assertSame(fromGguf.model(), original.model());
        assertSame(fromFolder.model(), original.model());
      }
    }
  }

  private static void assertSame(Transformer read, Transformer original) {
    assertThat(read.shape()).isEqualTo(original.shape());
    original
        .parameters()
        .forEach(
            (name, expected) ->
                assertThat(Objects.requireNonNull(read.parameters().get(name)).equal(expected))
                    .as(name)
                    .isTrue());
  }

  @Test
  void tensors_beyond_those_of_the_family_are_refused_by_name() {
    GgufFile small = GgufFile.read(SMALL);
    Path file = folder.resolve("more.gguf");
    Stream<TensorSource> known =
        small.tensors().stream()
            .map(t -> TensorSource.of(t.name(), t.shape(), t.type(), small.floats(t)));
    TensorSource more =
        TensorSource.of(
            "blk.0.attn_q_norm.weight", List.of(16L), GgufTensorType.F32, new float[16]);
    GgufWriter.write(file, small.metadata(), Stream.concat(known, Stream.of(more)).toList());

    assertThatThrownBy(() -> GgufImport.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "'blk.0.attn_q_norm.weight' is no part of what the metadata describe");
  }

  /** As llama.cpp's converter makes them, also where the tokenizer does not mark them. */
  @Test
  void control_tokens_are_exported_as_control_tokens() {
    Path file = folder.resolve("controls.gguf");
    try (Checkpoint small = GgufImport.read(SMALL)) {
      String json = Objects.requireNonNull(small.files().get("tokenizer.json"));
      // As DeepSeek's and Qwen's files have them.
      Checkpoint unmarked =
          small.withFiles(
              Map.of("tokenizer.json", json.replace("\"special\" : true", "\"special\" : false")));
      GgufExport.write(file, unmarked, GgufTensorType.F32, "x");
    }
    GgufFile written = GgufFile.read(file);
    List<String> tokens = Objects.requireNonNull(written.texts("tokenizer.ggml.tokens"));
    GgufValue.Wholes types =
        (GgufValue.Wholes)
            Objects.requireNonNull(written.metadata().get("tokenizer.ggml.token_type"));
    assertThat(types.values().get(tokens.indexOf("<｜User｜>"))).isEqualTo(3);
    assertThat(types.values().get(tokens.indexOf("<think>"))).as("user-defined").isEqualTo(4);
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
          .hasMessageContaining("another rule than those that can be exported (qwen2, ");
    }
  }
}
