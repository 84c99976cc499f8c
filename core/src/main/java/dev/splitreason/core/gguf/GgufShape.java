package dev.splitreason.core.gguf;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model's shape in the metadata of GGUF files, under the names that llama.cpp reads. */
public final class GgufShape {

  private static final String CONTEXT = ".context_length";
  private static final String WIDTH = ".embedding_length";
  private static final String LAYERS = ".block_count";
  private static final String FEED_FORWARD = ".feed_forward_length";
  private static final String HEADS = ".attention.head_count";
  private static final String KEY_VALUE_HEADS = ".attention.head_count_kv";
  private static final String KEY_SIZE = ".attention.key_length";
  private static final String VALUE_SIZE = ".attention.value_length";
  private static final String NORM_EPSILON = ".attention.layer_norm_rms_epsilon";
  private static final String ROPE_BASE = ".rope.freq_base";

  private GgufShape() {}

  /**
   * The metadata that tell a shape; those of the vocabulary are apart.
   *
   * @param name of the model, for people
   * @param type of its matrices
   * @throws IllegalArgumentException if the type is none that matrices are written in
   */
  public static Map<String, GgufValue> write(ModelShape shape, String name, GgufTensorType type) {
    String family = shape.family().label();
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.of(family));
    metadata.put("general.name", GgufValue.of(name));
    metadata.put("general.file_type", GgufValue.of(fileType(type)));
    metadata.put("general.quantization_version", GgufValue.of(2));
    metadata.put(family + CONTEXT, GgufValue.of(shape.context()));
    metadata.put(family + WIDTH, GgufValue.of(shape.width()));
    metadata.put(family + LAYERS, GgufValue.of(shape.layers()));
    metadata.put(family + FEED_FORWARD, GgufValue.of(shape.feedForward()));
    metadata.put(family + HEADS, GgufValue.of(shape.heads()));
    metadata.put(family + KEY_VALUE_HEADS, GgufValue.of(shape.keyValueHeads()));
    if (shape.headSize() * shape.heads() != shape.width()) {
      metadata.put(family + KEY_SIZE, GgufValue.of(shape.headSize()));
      metadata.put(family + VALUE_SIZE, GgufValue.of(shape.headSize()));
    }
    metadata.put(family + NORM_EPSILON, GgufValue.of((float) shape.normEpsilon()));
    metadata.put(family + ROPE_BASE, GgufValue.of((float) shape.ropeBase()));
    return metadata;
  }

  /** The codes of llama.cpp's {@code llama_ftype}. */
  private static int fileType(GgufTensorType type) {
    return switch (type) {
      case F32 -> 0;
      case F16 -> 1;
      case Q8_0 -> 7;
      default -> throw new IllegalArgumentException(type + " cannot be written");
    };
  }

  /**
   * The shape of the model in a file.
   *
   * @param family the file's {@code general.architecture}
   * @throws ModelFileException if a size is missing, or there is no such model
   */
  public static ModelShape read(GgufFile file, ModelFamily family) {
    int width = whole(file, family, WIDTH);
    int heads = whole(file, family, HEADS);
    Long headSize = file.whole(family.label() + KEY_SIZE);
    var tokens = file.texts("tokenizer.ggml.tokens");
    int layers = whole(file, family, LAYERS);
    if (layers > file.tensors().size()) {
      throw new ModelFileException(
          file.path(),
          "%s is %d, but the file has only %d tensors"
              .formatted(family.label() + LAYERS, layers, file.tensors().size()));
    }
    try {
      return new ModelShape(
          family,
          tokens == null ? 0 : tokens.size(),
          width,
          layers,
          heads,
          whole(file, family, KEY_VALUE_HEADS),
          headSize == null ? width / Math.max(1, heads) : narrow(file, family, KEY_SIZE, headSize),
          whole(file, family, FEED_FORWARD),
          // A FLOAT32's shortest decimals are what was meant: 1e-6, not 9.999999974752427e-7.
          Double.parseDouble(Float.toString((float) real(file, family, NORM_EPSILON, 1e-6))),
          real(file, family, ROPE_BASE, 10_000),
          whole(file, family, CONTEXT),
          file.tensor("output.weight") == null);
    } catch (UserMistake e) {
      throw new ModelFileException(file.path(), String.valueOf(e.getMessage()), e);
    }
  }

  private static int whole(GgufFile file, ModelFamily family, String key) {
    Long value = file.whole(family.label() + key);
    if (value == null) {
      throw new ModelFileException(file.path(), "no whole number '" + family.label() + key + "'");
    }
    return narrow(file, family, key, value);
  }

  private static int narrow(GgufFile file, ModelFamily family, String key, long value) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new ModelFileException(file.path(), family.label() + key + " is " + value);
    }
    return (int) value;
  }

  private static double real(GgufFile file, ModelFamily family, String key, double absent) {
    return file.metadata().get(family.label() + key) instanceof GgufValue.Real(var _, double value)
        ? value
        : absent;
  }
}
