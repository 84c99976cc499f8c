package dev.splitreason.engine.contract.random;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.core.model.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A Qwen2 model with random weights. It writes nonsense at the cost of a real model of its shape,
 * which is all that measuring speed and planning capacity need; and it never needs a download. The
 * same record always gives the same file.
 *
 * <p>The text it writes greedily varies, holds any token of the vocabulary (control tokens too),
 * and never ends: the row of the end token in the output matrix is zero, below the largest logit.
 *
 * @param type of the matrices: F32, F16 or Q8_0; norms and biases are F32 as usual
 * @param seed of the weights
 */
public record RandomQwen2(
    Qwen2Shape shape, GgufTensorType type, long seed, ControlTokens controls) {

  private static final double EMBEDDING_DEVIATION = 0.1;
  private static final double BIAS_DEVIATION = 0.1;

  /** The usual epsilon of Qwen2's norms. */
  private static final float NORM_EPSILON = 1e-6f;

  /** With the control tokens of the bundled pair. */
  public static RandomQwen2 of(Qwen2Shape shape, GgufTensorType type, long seed) {
    return new RandomQwen2(shape, type, seed, ControlTokens.OF_THE_BUNDLED_PAIR);
  }

  /**
   * Writes the model, holding one row of weights at a time.
   *
   * @throws ModelFileException if the file cannot be written
   * @throws IllegalArgumentException if the vocabulary is too small for the bytes and control
   *     tokens, or the type cannot store rows of this shape
   */
  public void write(Path file) {
    SyntheticVocabulary vocabulary = new SyntheticVocabulary(shape.vocabulary(), controls);
    Map<String, GgufValue> metadata = new LinkedHashMap<>(metadata());
    metadata.putAll(vocabulary.metadata());
    GgufWriter.write(file, metadata, tensors(vocabulary.endId()));
  }

  private Map<String, GgufValue> metadata() {
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.of("qwen2"));
    metadata.put("general.name", GgufValue.of("random Qwen2"));
    metadata.put("general.file_type", GgufValue.of(fileType()));
    metadata.put("general.quantization_version", GgufValue.of(2));
    metadata.put("qwen2.block_count", GgufValue.of(shape.layers()));
    metadata.put("qwen2.context_length", GgufValue.of(shape.context()));
    metadata.put("qwen2.embedding_length", GgufValue.of(shape.width()));
    metadata.put("qwen2.feed_forward_length", GgufValue.of(shape.feedForward()));
    metadata.put("qwen2.attention.head_count", GgufValue.of(shape.heads()));
    metadata.put("qwen2.attention.head_count_kv", GgufValue.of(shape.keyValueHeads()));
    metadata.put("qwen2.attention.layer_norm_rms_epsilon", GgufValue.of(NORM_EPSILON));
    metadata.put("qwen2.rope.freq_base", GgufValue.of((float) shape.ropeBase()));
    return metadata;
  }

  /** The codes of llama.cpp's {@code llama_ftype}. */
  private int fileType() {
    return switch (type) {
      case F32 -> 0;
      case F16 -> 1;
      case Q8_0 -> 7;
      default -> throw new IllegalArgumentException(type + " cannot be written");
    };
  }

  private List<TensorSource> tensors(int endId) {
    List<TensorSource> tensors = new ArrayList<>();
    int width = shape.width();
    tensors.add(vocabularyMatrix("token_embd.weight", endId));
    if (!shape.tied()) {
      tensors.add(vocabularyMatrix("output.weight", endId));
    }
    // Signs at random: with all ones and tied embeddings every token would predict itself.
    tensors.add(vector("output_norm.weight", width, 0, 1));
    for (int layer = 0; layer < shape.layers(); layer++) {
      String block = "blk." + layer + ".";
      tensors.add(vector(block + "attn_norm.weight", width, 1, BIAS_DEVIATION));
      addAffine(tensors, block + "attn_q", width, width);
      addAffine(tensors, block + "attn_k", width, shape.keyValueWidth());
      addAffine(tensors, block + "attn_v", width, shape.keyValueWidth());
      tensors.add(matrix(block + "attn_output.weight", width, width));
      tensors.add(vector(block + "ffn_norm.weight", width, 1, BIAS_DEVIATION));
      tensors.add(matrix(block + "ffn_gate.weight", width, shape.feedForward()));
      tensors.add(matrix(block + "ffn_up.weight", width, shape.feedForward()));
      tensors.add(matrix(block + "ffn_down.weight", shape.feedForward(), width));
    }
    return tensors;
  }

  private void addAffine(List<TensorSource> tensors, String name, int inputs, int outputs) {
    tensors.add(matrix(name + ".weight", inputs, outputs));
    tensors.add(vector(name + ".bias", outputs, 0, BIAS_DEVIATION));
  }

  private TensorSource vocabularyMatrix(String name, int endId) {
    return new TensorSource(
        name,
        List.of((long) shape.width(), (long) shape.vocabulary()),
        type,
        (index, row) -> fill(name, index, row, 0, index == endId ? 0 : EMBEDDING_DEVIATION));
  }

  private TensorSource matrix(String name, int inputs, int outputs) {
    // Outputs are of the order of the inputs.
    double deviation = 1 / Math.sqrt(inputs);
    return new TensorSource(
        name,
        List.of((long) inputs, (long) outputs),
        type,
        (index, row) -> fill(name, index, row, 0, deviation));
  }

  private TensorSource vector(String name, int length, float mean, double deviation) {
    return new TensorSource(
        name,
        List.of((long) length),
        GgufTensorType.F32,
        (index, row) -> fill(name, index, row, mean, deviation));
  }

  /** Uniform, since 500 million normal draws would take most of the time. */
  private void fill(String name, long index, float[] row, float mean, double deviation) {
    SplittableRandom random =
        new SplittableRandom(seed ^ (long) name.hashCode() << Integer.SIZE ^ index);
    float unit = (float) (deviation * Math.sqrt(3) / (1L << 31));
    for (int i = 0; i < row.length; i++) {
      row[i] = mean + random.nextInt() * unit;
    }
  }
}
