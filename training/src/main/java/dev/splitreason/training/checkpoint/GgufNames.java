package dev.splitreason.training.checkpoint;

import java.util.Map;

/** The names that GGUF files give to the parameters of a Qwen2 model. */
final class GgufNames {

  static final String CONTEXT = "qwen2.context_length";
  static final String WIDTH = "qwen2.embedding_length";
  static final String LAYERS = "qwen2.block_count";
  static final String FEED_FORWARD = "qwen2.feed_forward_length";
  static final String HEADS = "qwen2.attention.head_count";
  static final String KEY_VALUE_HEADS = "qwen2.attention.head_count_kv";
  static final String HEAD_SIZE = "qwen2.attention.key_length";
  static final String VALUE_SIZE = "qwen2.attention.value_length";
  static final String NORM_EPSILON = "qwen2.attention.layer_norm_rms_epsilon";
  static final String ROPE_BASE = "qwen2.rope.freq_base";
  static final String OUTPUT = "output.weight";

  private static final Map<String, String> WHOLE =
      Map.of(
          "model.embed_tokens.weight", "token_embd.weight",
          "model.norm.weight", "output_norm.weight",
          "lm_head.weight", OUTPUT);

  private static final Map<String, String> IN_A_LAYER =
      Map.of(
          "self_attn.q_proj", "attn_q",
          "self_attn.k_proj", "attn_k",
          "self_attn.v_proj", "attn_v",
          "self_attn.o_proj", "attn_output",
          "mlp.gate_proj", "ffn_gate",
          "mlp.up_proj", "ffn_up",
          "mlp.down_proj", "ffn_down",
          "input_layernorm", "attn_norm",
          "post_attention_layernorm", "ffn_norm");

  private GgufNames() {}

  /** From the Hugging Face name. */
  static String of(String name) {
    String whole = WHOLE.get(name);
    if (whole != null) {
      return whole;
    }
    String[] parts = name.split("\\.", 4); // model, layers, index, rest
    int dot = parts[3].lastIndexOf('.');
    return "blk."
        + parts[2]
        + "."
        + IN_A_LAYER.get(parts[3].substring(0, dot))
        + parts[3].substring(dot);
  }
}
