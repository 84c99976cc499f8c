package dev.splitreason.core.shape;

import dev.splitreason.core.error.UserMistake;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The sizes that make one model of a family another: what it costs depends on them, not on its
 * weights.
 *
 * @param family what it computes
 * @param vocabulary rows of the embedding matrix
 * @param width of the hidden states
 * @param layers number of transformer layers
 * @param heads query heads of each layer
 * @param keyValueHeads key and value heads of each layer, each shared by heads / keyValueHeads
 *     query heads
 * @param headSize width of a head
 * @param feedForward inner width of the feed-forward networks
 * @param normEpsilon added to the mean square in RMSNorm
 * @param rope how positions turn queries and keys
 * @param context the longest sequence the model is made for, in tokens
 * @param tiedEmbeddings whether the output matrix is the embedding matrix
 */
public record ModelShape(
    ModelFamily family,
    int vocabulary,
    int width,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int feedForward,
    double normEpsilon,
    Rope rope,
    int context,
    boolean tiedEmbeddings) {

  /** The Hugging Face name of the embedding matrix. */
  public static final String EMBEDDINGS = "model.embed_tokens.weight";

  /** The Hugging Face name of an output matrix that is not tied. */
  public static final String OUTPUT = "lm_head.weight";

  /** The Hugging Face name of the norm behind the last layer. */
  public static final String FINAL_NORM = "model.norm.weight";

  /** Far above any model's; what a config tells by mistake would name billions of weights. */
  private static final int MOST_LAYERS = 10_000;

  /**
   * Checks that such a model can be.
   *
   * @throws UserMistake naming what does not fit
   */
  public ModelShape {
    requirePositive("vocabulary", vocabulary);
    requirePositive("width", width);
    requirePositive("layers", layers);
    requirePositive("heads", heads);
    requirePositive("keyValueHeads", keyValueHeads);
    requirePositive("headSize", headSize);
    requirePositive("feedForward", feedForward);
    requirePositive("normEpsilon", normEpsilon);
    requirePositive("context", context);
    requireAtMost(MOST_LAYERS, "layers", layers);
    requireAtMost(Integer.MAX_VALUE, "heads times headSize", (long) heads * headSize);
    if (heads % keyValueHeads != 0) {
      throw new UserMistake(
          "heads must be a multiple of keyValueHeads, not " + heads + " of " + keyValueHeads);
    }
    if (rope.scaling() != null && !family.scaledRope()) {
      throw new UserMistake(
          "models of the family " + family.label() + " do not scale rotary positions");
    }
    if (headSize % 2 != 0) {
      throw new UserMistake("headSize must be even for rotary positions, not " + headSize);
    }
  }

  /** All weights by their Hugging Face names, in the order of a checkpoint. */
  public SequencedMap<String, Weight> weights() {
    SequencedMap<String, Weight> weights = new LinkedHashMap<>();
    weights.put(EMBEDDINGS, Weight.of("token_embd.weight", vocabulary, width));
    for (int layer = 0; layer < layers; layer++) {
      addLayer(weights, "model.layers." + layer + ".", "blk." + layer + ".");
    }
    weights.put(FINAL_NORM, Weight.of("output_norm.weight", width));
    if (!tiedEmbeddings) {
      weights.put(OUTPUT, Weight.of("output.weight", vocabulary, width));
    }
    return Collections.unmodifiableSequencedMap(weights);
  }

  private void addLayer(SequencedMap<String, Weight> weights, String name, String gguf) {
    int pairs = family.pairedRows() ? headSize / 2 : 1;
    int keys = keyValueHeads * headSize;
    addProjection(weights, name + "self_attn.q_proj", gguf + "attn_q", heads * headSize, pairs);
    addProjection(weights, name + "self_attn.k_proj", gguf + "attn_k", keys, pairs);
    addProjection(weights, name + "self_attn.v_proj", gguf + "attn_v", keys, 1);
    weights.put(
        name + "self_attn.o_proj.weight",
        Weight.of(gguf + "attn_output.weight", width, (long) heads * headSize));
    if (family.headNorms()) {
      weights.put(
          name + "self_attn.q_norm.weight", Weight.of(gguf + "attn_q_norm.weight", headSize));
      weights.put(
          name + "self_attn.k_norm.weight", Weight.of(gguf + "attn_k_norm.weight", headSize));
    }
    weights.put(
        name + "mlp.gate_proj.weight", Weight.of(gguf + "ffn_gate.weight", feedForward, width));
    weights.put(name + "mlp.up_proj.weight", Weight.of(gguf + "ffn_up.weight", feedForward, width));
    weights.put(
        name + "mlp.down_proj.weight", Weight.of(gguf + "ffn_down.weight", width, feedForward));
    weights.put(name + "input_layernorm.weight", Weight.of(gguf + "attn_norm.weight", width));
    weights.put(
        name + "post_attention_layernorm.weight", Weight.of(gguf + "ffn_norm.weight", width));
  }

  private void addProjection(
      SequencedMap<String, Weight> weights, String name, String gguf, int outputs, int pairs) {
    weights.put(
        name + ".weight",
        new Weight(gguf + ".weight", List.of((long) outputs, (long) width), pairs));
    if (family.attentionBiases()) {
      weights.put(name + ".bias", Weight.of(gguf + ".bias", outputs));
    }
  }

  /** The extents of all weights, by the same names in the same order. */
  public SequencedMap<String, List<Long>> extents() {
    SequencedMap<String, List<Long>> extents = new LinkedHashMap<>();
    weights().forEach((name, weight) -> extents.put(name, weight.extents()));
    return extents;
  }

  /** The number of parameters; a tied matrix counts once. */
  public long parameters() {
    return weights().values().stream().mapToLong(Weight::count).sum();
  }

  /** The numbers that all layers' keys and values of a token are. */
  public long keysAndValues() {
    return 2L * layers * keyValueHeads * headSize;
  }

  /** The same shape with another vocabulary. */
  public ModelShape withVocabulary(int size) {
    return new ModelShape(
        family,
        size,
        width,
        layers,
        heads,
        keyValueHeads,
        headSize,
        feedForward,
        normEpsilon,
        rope,
        context,
        tiedEmbeddings);
  }

  /** Whether the weight of this name has a row for each token. */
  public static boolean isByToken(String name) {
    return name.equals(EMBEDDINGS) || name.equals(OUTPUT);
  }

  private static void requireAtMost(long most, String what, long value) {
    if (value > most) {
      throw new UserMistake(what + " must be at most " + most + ", not " + value);
    }
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new UserMistake(what + " must be at least 1, not " + value);
    }
  }

  private static void requirePositive(String what, double value) {
    if (!(value > 0)) {
      throw new UserMistake(what + " must be above 0, not " + value);
    }
  }
}
