package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is what is read, and what does not fit together is an error. */
class HuggingFaceFolderTest {

  private static final ModelShape CONFIG =
      new ModelShape(ModelFamily.QWEN2, 40, 16, 2, 4, 2, 4, 24, 1e-6, Rope.of(10000), 64, false);

  @TempDir Path folder;

  private final Checkpoint checkpoint =
      new Checkpoint(
          Transformer.random(CONFIG, Initialization.scaled(0.7, 0.1), 3),
          new LinkedHashMap<>(
              Map.of(
                  "config.json", "{\"eos_token_id\": 2}",
                  "generation_config.json", "{\"temperature\": 0.6}")));

  @BeforeEach
  void write() {
    HuggingFaceFolder.write(folder, checkpoint);
  }

  @AfterEach
  void free() {
    checkpoint.close();
  }

  @Test
  void a_checkpoint_comes_back_bit_by_bit() {
    try (Checkpoint read = HuggingFaceFolder.read(folder)) {
      assertThat(read.model().shape()).isEqualTo(CONFIG);
      assertSame(read.model(), 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"F16, 0.001", "BF16, 0.008"})
  void half_precision_is_read_as_single(SafetensorsType type, float relative) {
    HuggingFaceFolder.write(folder, checkpoint, type, HuggingFaceFolder.SHARD_BYTES);
    try (Checkpoint read = HuggingFaceFolder.read(folder)) {
      assertSame(read.model(), relative);
    }
  }

  @Test
  void large_weights_are_split_and_found_again() throws IOException {
    HuggingFaceFolder.write(folder, checkpoint, SafetensorsType.F32, 4000);
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names.filter(name -> name.toString().endsWith(".safetensors")))
          .hasSizeGreaterThan(3)
          .allMatch(shard -> shard.toFile().length() < 6000);
    }
    try (Checkpoint read = HuggingFaceFolder.read(folder)) {
      assertSame(read.model(), 0);
    }
  }

  @Test
  void other_settings_and_files_are_passed_on() {
    try (Checkpoint read = HuggingFaceFolder.read(folder)) {
      assertThat(read.files().get("config.json")).contains("\"eos_token_id\" : 2");
      assertThat(read.files()).containsEntry("generation_config.json", "{\"temperature\": 0.6}");
    }
  }

  @Test
  void a_copy_of_tied_embeddings_is_no_error() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(checkpoint.model().parameters());
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"), tensors, SafetensorsType.F32, Map.of());
    replaceInConfig("\"tie_word_embeddings\" : false", "\"tie_word_embeddings\" : true");
    try (Checkpoint read = HuggingFaceFolder.read(folder)) {
      assertThat(read.model().parameters()).doesNotContainKey("lm_head.weight");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"qwen2\" | \"gemma3\" | model_type is 'gemma3'; these can be trained: qwen2, qwen3, llama",
        "\"qwen2\" | \"llama\" | 'model.layers.0.self_attn.q_proj.bias' is no part of what the config",
        "{ | {\"attention_bias\" : true, | attention_bias is true, which is not supported",
        "\"hidden_size\" : 16 | \"hidden_size\" : 32"
            + " | has the shape [40, 16], the config asks for [40, 32]",
        "\"hidden_size\" : 16 | \"x\" : 16 | no 'hidden_size'",
        "\"hidden_size\" : 16 | \"hidden_size\" : \"16\" | 'hidden_size' is \"16\", not a whole",
        "\"num_hidden_layers\" : 2 | \"num_hidden_layers\" : 3"
            + " | tensor 'model.layers.2.self_attn.q_proj.weight' is missing",
        "\"num_hidden_layers\" : 2 | \"num_hidden_layers\" : 1"
            + " | 'model.layers.1.self_attn.q_proj.weight' is no part of what the config",
        "\"num_key_value_heads\" : 2 | \"num_key_value_heads\" : 3 | heads must be a multiple",
        "{ | {\"use_sliding_window\" : true, | sliding_window is true",
        "\"rope_theta\" : 10000.0 | \"rope_scaling\" : {\"type\" : \"yarn\"} | of kind 'yarn'",
        "\"hidden_act\" : \"silu\" | \"hidden_act\" : \"gelu\" | hidden_act is 'gelu'",
        "{ | [ | no valid JSON",
      })
  void a_config_that_does_not_fit_is_one_clear_line(String old, String replaced, String problem) {
    replaceInConfig(old, replaced);
    assertThatThrownBy(() -> HuggingFaceFolder.read(folder))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void a_folder_without_config_says_what_to_give() throws IOException {
    Path empty = folder.resolve("empty");
    assertThatThrownBy(() -> HuggingFaceFolder.read(empty))
        .hasMessage(empty + ": no such file or folder");
    Files.createDirectory(empty);
    assertThatThrownBy(() -> HuggingFaceFolder.read(empty))
        .hasMessage(empty + ": no config.json: give the folder of a Hugging Face checkpoint");
  }

  @Test
  void an_index_cannot_lead_out_of_the_folder() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"../other.safetensors\"}}");
    assertThatThrownBy(() -> HuggingFaceFolder.read(folder))
        .hasMessageContaining("not a safetensors file of this folder");
  }

  @Test
  void the_same_seed_gives_the_same_weights() {
    try (Transformer again = Transformer.random(CONFIG, Initialization.scaled(0.7, 0.1), 3)) {
      assertSame(again, 0);
    }
  }

  private void replaceInConfig(String old, String replaced) {
    try {
      Path config = folder.resolve("config.json");
      String json = Files.readString(config);
      assertThat(json).contains(old);
      Files.writeString(config, json.replace(old, replaced));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertSame(Transformer other, float relative) {
    assertThat(other.parameters().keySet())
        .containsExactlyElementsOf(checkpoint.model().parameters().keySet());
    checkpoint
        .model()
        .parameters()
        .forEach(
            (name, expected) ->
                assertThat(floats(Objects.requireNonNull(other.parameters().get(name))))
                    .as(name)
                    .containsExactly(floats(expected), within(relative)));
  }

  private static float[] floats(Tensor tensor) {
    float[] elements = new float[(int) tensor.numel()];
    tensor.data_ptr_float().get(elements);
    return elements;
  }
}
