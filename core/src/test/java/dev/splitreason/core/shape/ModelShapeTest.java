package dev.splitreason.core.shape;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelShapeTest {

  /** The counts that the hub shows beside these checkpoints' safetensors. */
  @ParameterizedTest
  @CsvSource({
    "Qwen2.5-0.5B, 494032768",
    "Qwen2.5-1.5B, 1543714304",
    "Qwen2.5-3B, 3085938688",
    "DeepSeek-R1-Distill-Qwen-1.5B, 1777088000",
    "DeepSeek-R1-Distill-Qwen-7B, 7615616512",
    "DeepSeek-R1-Distill-Qwen-14B, 14770033664",
    "DeepSeek-R1-Distill-Qwen-32B, 32763876352",
    "DeepSeek-R1-Distill-Llama-8B, 8030261248",
    "Qwen3-8B, 8190735360",
    "Qwen3-14B, 14768307200",
    "Qwen3-32B, 32762123264",
    "Llama-3.1-8B, 8030261248",
    "Llama-3.1-70B, 70553706496",
    "Llama-3.2-1B, 1235814400",
    "Llama-3.2-3B, 3212749824",
    "SmolLM2-135M, 134515008",
    "SmolLM2-360M, 361821120",
    "SmolLM2-1.7B, 1711376384"
  })
  void published_models_have_as_many_parameters_as_published(String name, long parameters) {
    assertThat(KnownShapes.of(name).parameters()).isEqualTo(parameters);
  }

  @Test
  void weights_have_both_formats_names_in_the_order_of_a_checkpoint() {
    var weights = shape(ModelFamily.QWEN2, 4, 2).weights();

    assertThat(weights.firstEntry().getKey()).isEqualTo("model.embed_tokens.weight");
    assertThat(weights.lastEntry().getKey()).isEqualTo("lm_head.weight");
    assertThat(weights)
        .containsEntry(
            "model.layers.1.self_attn.k_proj.weight",
            new Weight("blk.1.attn_k.weight", List.of(12L, 16L), 1))
        .containsEntry(
            "model.layers.1.mlp.down_proj.weight",
            new Weight("blk.1.ffn_down.weight", List.of(16L, 24L), 1))
        .containsEntry(
            "model.layers.1.self_attn.q_proj.bias",
            new Weight("blk.1.attn_q.bias", List.of(24L), 1))
        .hasSize(1 + 2 * 12 + 2);
  }

  @Test
  void a_family_without_biases_has_none() {
    assertThat(shape(ModelFamily.LLAMA, 4, 2).weights())
        .hasSize(1 + 2 * 9 + 2)
        .allSatisfy((name, _) -> assertThat(name).doesNotEndWith(".bias"));
  }

  @Test
  void a_family_with_norms_of_heads_has_them_in_every_layer() {
    assertThat(shape(ModelFamily.QWEN3, 4, 2).weights())
        .hasSize(1 + 2 * 11 + 2)
        .containsEntry(
            "model.layers.1.self_attn.k_norm.weight",
            new Weight("blk.1.attn_k_norm.weight", List.of(6L), 1));
  }

  /** llama.cpp's converter: reshape(heads, 2, headSize / 2, inputs).swapaxes(1, 2). */
  @Test
  void rows_that_turn_together_are_neighbours_in_gguf_files_of_llama() {
    var weights = shape(ModelFamily.LLAMA, 4, 2).weights();
    Weight queries = requireNonNull(weights.get("model.layers.0.self_attn.q_proj.weight"));
    Weight values = requireNonNull(weights.get("model.layers.0.self_attn.v_proj.weight"));

    assertThat(LongStream.range(0, 12).map(queries::row))
        .containsExactly(0L, 3L, 1L, 4L, 2L, 5L, 6L, 9L, 7L, 10L, 8L, 11L);
    assertThat(LongStream.range(0, 12).map(values::row))
        .containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
  }

  @Test
  void keys_and_values_are_counted_in_all_layers() {
    assertThat(shape(ModelFamily.QWEN2, 4, 2).keysAndValues()).isEqualTo(2 * (2 * (2 * 6)));
  }

  @Test
  void what_is_no_model_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape(ModelFamily.QWEN2, 0, 2))
        .withMessage("heads must be at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape(ModelFamily.QWEN2, 4, 3))
        .withMessage("heads must be a multiple of keyValueHeads, not 4 of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ModelShape(
                    ModelFamily.QWEN2, 8, 4, 1, 1, 1, 4, 4, 1e-6, Rope.of(Double.NaN), 16, true))
        .withMessage("ropeBase must be above 0, not NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ModelShape(
                    ModelFamily.QWEN2, 8, 4, 1, 1, 1, 3, 4, 1e-6, Rope.of(1e4), 16, true))
        .withMessage("headSize must be even for rotary positions, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ModelShape(
                    ModelFamily.QWEN2,
                    8,
                    4,
                    1,
                    1,
                    1,
                    4,
                    4,
                    1e-6,
                    new Rope(1e4, RopeScaling.llama3(8)),
                    16,
                    true))
        .withMessage("models of the family qwen2 do not scale rotary positions");
  }

  /** Heads of 6, which are wider together than the 16 of the hidden states. */
  private static ModelShape shape(ModelFamily family, int heads, int keyValueHeads) {
    return new ModelShape(
        family, 40, 16, 2, heads, keyValueHeads, 6, 24, 1e-6, Rope.of(10_000), 64, false);
  }
}
