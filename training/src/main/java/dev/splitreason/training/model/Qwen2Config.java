package dev.splitreason.training.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The shape of a Qwen2 model.
 *
 * @param vocabularySize rows of the embedding matrix
 * @param hiddenSize width of the hidden states
 * @param layers number of transformer layers
 * @param heads query heads of each layer
 * @param keyValueHeads key and value heads of each layer, each shared by heads / keyValueHeads
 *     query heads
 * @param headSize width of a head
 * @param feedForwardSize inner width of the feed-forward network
 * @param rmsNormEpsilon added to the mean square in RMSNorm
 * @param ropeBase base of the rotary frequencies
 * @param maxPositions the longest sequence the model is made for, in tokens
 * @param tiedEmbeddings whether the output matrix is the embedding matrix
 */
public record Qwen2Config(
    int vocabularySize,
    int hiddenSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int feedForwardSize,
    double rmsNormEpsilon,
    double ropeBase,
    int maxPositions,
    boolean tiedEmbeddings) {

  /** The Hugging Face name of the embedding matrix. */
  public static final String EMBEDDINGS = "model.embed_tokens.weight";

  /** The Hugging Face name of an output matrix that is not tied. */
  public static final String OUTPUT = "lm_head.weight";

  static final String FINAL_NORM = "model.norm.weight";

  /**
   * Checks that such a model can be.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  public Qwen2Config {
    requirePositive("vocabularySize", vocabularySize);
    requirePositive("hiddenSize", hiddenSize);
    requirePositive("layers", layers);
    requirePositive("heads", heads);
    requirePositive("keyValueHeads", keyValueHeads);
    requirePositive("headSize", headSize);
    requirePositive("feedForwardSize", feedForwardSize);
    requirePositive("rmsNormEpsilon", rmsNormEpsilon);
    requirePositive("ropeBase", ropeBase);
    requirePositive("maxPositions", maxPositions);
    if (heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "heads must be a multiple of keyValueHeads, not " + heads + " of " + keyValueHeads);
    }
    if (headSize % 2 != 0) {
      throw new IllegalArgumentException(
          "headSize must be even for rotary positions, not " + headSize);
    }
  }

  /** The Hugging Face names of all parameters, in the order of a checkpoint, with their shapes. */
  public SequencedMap<String, List<Long>> parameterShapes() {
    SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDINGS, shape(vocabularySize, hiddenSize));
    for (int layer = 0; layer < layers; layer++) {
      String prefix = layerPrefix(layer);
      int queries = heads * headSize;
      int keys = keyValueHeads * headSize;
      affine(shapes, prefix + "self_attn.q_proj", queries);
      affine(shapes, prefix + "self_attn.k_proj", keys);
      affine(shapes, prefix + "self_attn.v_proj", keys);
      shapes.put(prefix + "self_attn.o_proj.weight", shape(hiddenSize, queries));
      shapes.put(prefix + "mlp.gate_proj.weight", shape(feedForwardSize, hiddenSize));
      shapes.put(prefix + "mlp.up_proj.weight", shape(feedForwardSize, hiddenSize));
      shapes.put(prefix + "mlp.down_proj.weight", shape(hiddenSize, feedForwardSize));
      shapes.put(prefix + "input_layernorm.weight", shape(hiddenSize));
      shapes.put(prefix + "post_attention_layernorm.weight", shape(hiddenSize));
    }
    shapes.put(FINAL_NORM, shape(hiddenSize));
    if (!tiedEmbeddings) {
      shapes.put(OUTPUT, shape(vocabularySize, hiddenSize));
    }
    return shapes;
  }

  /** The number of parameters; a tied matrix counts once. */
  public long parameterCount() {
    long count = 0;
    for (List<Long> shape : parameterShapes().values()) {
      count += shape.stream().reduce(1L, Math::multiplyExact);
    }
    return count;
  }

  /** The same shape with another vocabulary. */
  public Qwen2Config withVocabularySize(int size) {
    return new Qwen2Config(
        size,
        hiddenSize,
        layers,
        heads,
        keyValueHeads,
        headSize,
        feedForwardSize,
        rmsNormEpsilon,
        ropeBase,
        maxPositions,
        tiedEmbeddings);
  }

  /** Whether the parameter of this name has a row for each token. */
  public static boolean isByToken(String name) {
    return name.equals(EMBEDDINGS) || name.equals(OUTPUT);
  }

  static String layerPrefix(int layer) {
    return "model.layers." + layer + ".";
  }

  private void affine(SequencedMap<String, List<Long>> shapes, String name, int outputs) {
    shapes.put(name + ".weight", shape(outputs, hiddenSize));
    shapes.put(name + ".bias", shape(outputs));
  }

  private static List<Long> shape(long... extents) {
    return Arrays.stream(extents).boxed().toList();
  }

  private static void requirePositive(String what, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(what + " must be above 0, not " + value);
    }
  }
}
