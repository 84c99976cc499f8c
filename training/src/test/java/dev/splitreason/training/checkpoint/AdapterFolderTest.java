package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.training.model.Adapter;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adapters go to PEFT's format and back. */
class AdapterFolderTest {

  private static final ModelShape MODEL =
      new ModelShape(ModelFamily.QWEN2, 40, 16, 2, 4, 2, 4, 24, 1e-6, Rope.of(10000), 64, false);

  @TempDir Path folder;

  @BeforeEach
  void write() {
    try (Adapter adapter = adapter()) {
      AdapterFolder.write(folder, adapter, "base");
    }
  }

  private static Adapter adapter() {
    Adapter.Shape shape = new Adapter.Shape(2, 4, List.of("k_proj", "up_proj"), List.of(7, 5));
    try (Transformer model = Transformer.random(MODEL, Initialization.standard(), 8)) {
      return Adapter.random(model, shape, 9);
    }
  }

  @Test
  void what_is_written_is_what_is_read() {
    try (Adapter expected = adapter();
        Adapter read = AdapterFolder.read(folder, MODEL)) {
      assertThat(read.shape()).isEqualTo(expected.shape());
      assertThat(read.parameters().keySet())
          .startsWith(
              "base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta",
              "base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight")
          .endsWith("base_model.model.lm_head.token_adapter.trainable_tokens_delta");
      read.parameters()
          .forEach(
              (name, tensor) ->
                  assertThat(
                          torch.equal(
                              tensor, Objects.requireNonNull(expected.parameters().get(name))))
                      .as(name)
                      .isTrue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"LORA\" | \"IA3\" | peft_type is 'IA3'; only 'LORA' is supported",
        "\"none\" | \"all\" | bias is 'all'",
        "\"r\" : 2 | \"r\" : 3 | has the shape [2, 16], the config asks for [3, 16]",
        "\"r\" : 2 | \"r\" : 2, \"use_dora\" : true | use_dora is 'true'",
        "\"up_proj\" | \"lm_head\" | the targets of an adapter are among",
        "\"up_proj\" | \"down_proj\" | up_proj.lora_A.weight' is no part",
        "\"embed_tokens\" : [ 7 | \"embed_tokens\" : [ 6 | has other tokens for lm_head",
        "[ 7, 5 ],| [ 5, 5 ], | has other tokens",
        "[ 7, 5 ] | [ 7, 40 ] | the adapter replaces token 40, but the model has 40 tokens",
        "\"trainable_token_indices\" | \"unknown\" | trainable_tokens_delta' is no part",
      })
  void what_does_not_fit_is_one_clear_line(String old, String replaced, String problem)
      throws IOException {
    Path config = folder.resolve("adapter_config.json");
    String json = Files.readString(config);
    assertThat(json).contains(old);
    Files.writeString(config, json.replace(old, replaced));
    assertThatThrownBy(() -> AdapterFolder.read(folder, MODEL))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(problem);
  }
}
