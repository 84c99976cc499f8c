package dev.splitreason.core.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
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
    "Llama-3.1-8B, 8030261248",
    "Llama-3.1-70B, 70553706496"
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
            new Weight("blk.1.attn_k.weight", List.of(12L, 16L)))
        .containsEntry(
            "model.layers.1.mlp.down_proj.weight",
            new Weight("blk.1.ffn_down.weight", List.of(16L, 24L)))
        .containsEntry(
            "model.layers.1.self_attn.q_proj.bias", new Weight("blk.1.attn_q.bias", List.of(24L)))
        .hasSize(1 + 2 * 12 + 2);
  }

  @Test
  void a_family_without_biases_has_none() {
    assertThat(shape(ModelFamily.LLAMA, 4, 2).weights())
        .hasSize(1 + 2 * 9 + 2)
        .allSatisfy((name, _) -> assertThat(name).doesNotEndWith(".bias"));
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
                new ModelShape(ModelFamily.QWEN2, 8, 4, 1, 1, 1, 4, 4, 1e-6, Double.NaN, 16, true))
        .withMessage("ropeBase must be above 0, not NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ModelShape(ModelFamily.QWEN2, 8, 4, 1, 1, 1, 3, 4, 1e-6, 1e4, 16, true))
        .withMessage("headSize must be even for rotary positions, not 3");
  }

  /** Heads of 6, which are wider together than the 16 of the hidden states. */
  private static ModelShape shape(ModelFamily family, int heads, int keyValueHeads) {
    return new ModelShape(family, 40, 16, 2, heads, keyValueHeads, 6, 24, 1e-6, 10_000, 64, false);
  }
}
