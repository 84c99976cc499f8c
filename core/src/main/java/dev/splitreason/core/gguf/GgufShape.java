package dev.splitreason.core.gguf;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.core.shape.RopeScaling;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final String ROPE_SIZE = ".rope.dimension_count";
  private static final String ROPE_SCALING = ".rope.scaling.type";
  private static final String EXPERTS = ".expert_count";
  private static final String DIVISORS = "rope_freqs.weight";

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
    metadata.put(family + ROPE_BASE, GgufValue.of((float) shape.rope().base()));
    return metadata;
  }

  /** The tensors that tell a shape, beside the metadata: llama.cpp's for scaled frequencies. */
  public static List<TensorSource> tensors(ModelShape shape) {
    RopeScaling scaling = shape.rope().scaling();
    if (scaling == null) {
      return List.of();
    }
    float[] divisors = scaling.divisors(shape.rope().base(), shape.headSize());
    return List.of(
        TensorSource.of(DIVISORS, List.of((long) divisors.length), GgufTensorType.F32, divisors));
  }

  /** Whether a tensor is no weight, but tells this shape. */
  public static boolean tells(GgufTensor tensor, ModelShape shape) {
    return shape.rope().scaling() != null && tensor.name().equals(DIVISORS);
  }

  /** The codes of llama.cpp's {@code llama_ftype}. */
  private static int fileType(GgufTensorType type) {
    return switch (type) {
      case F32 -> 0;
      case F16 -> 1;
      case Q4_0 -> 2;
      case Q8_0 -> 7;
      case Q4_K -> 15;
      default -> throw new IllegalArgumentException(type + " cannot be written");
    };
  }

  /**
   * The shape of the model in a file.
   *
   * @throws ModelFileException if a size is missing or of another type, or there is no such model,
   *     or none of a family that is known
   */
  public static ModelShape read(GgufFile file) {
    String architecture = file.text("general.architecture");
    ModelFamily family = ModelFamily.named(architecture);
    if (family == null) {
      throw new ModelFileException(
          file.path(),
          "architecture is '%s'; these can be trained: %s"
              .formatted(architecture, ModelFamily.labels()));
    }
    int width = whole(file, family, WIDTH);
    int heads = whole(file, family, HEADS);
    boolean tellsHeadSize = file.metadata().containsKey(family.label() + KEY_SIZE);
    var tokens = file.texts("tokenizer.ggml.tokens");
    int layers = whole(file, family, LAYERS);
    if (layers > file.tensors().size()) {
      throw new ModelFileException(
          file.path(),
          "%s is %d, but the file has only %d tensors"
              .formatted(family.label() + LAYERS, layers, file.tensors().size()));
    }
    int headSize = tellsHeadSize ? whole(file, family, KEY_SIZE) : width / Math.max(1, heads);
    requireNoMore(file, family, headSize);
    try {
      return new ModelShape(
          family,
          tokens == null ? 0 : tokens.size(),
          width,
          layers,
          heads,
          whole(file, family, KEY_VALUE_HEADS),
          headSize,
          whole(file, family, FEED_FORWARD),
          // A FLOAT32's shortest decimals are what was meant: 1e-6, not 9.999999974752427e-7.
          Double.parseDouble(Float.toString((float) real(file, family, NORM_EPSILON, 1e-6))),
          rope(file, family, headSize),
          whole(file, family, CONTEXT),
          file.tensor("output.weight") == null);
    } catch (UserMistake e) {
      throw new ModelFileException(file.path(), String.valueOf(e.getMessage()), e);
    }
  }

  /** What would make the model another one is refused, not passed over. */
  private static void requireNoMore(GgufFile file, ModelFamily family, int headSize) {
    String scaling = file.text(family.label() + ROPE_SCALING);
    Long experts = file.whole(family.label() + EXPERTS);
    Long rotated = file.whole(family.label() + ROPE_SIZE);
    if (scaling != null && !scaling.equals("none")) {
      throw new ModelFileException(
          file.path(), "rotary positions of kind '" + scaling + "' are not supported");
    }
    if (experts != null && experts > 0) {
      throw new ModelFileException(file.path(), "mixtures of experts are not supported");
    }
    if (rotated != null && rotated != headSize) {
      throw new ModelFileException(
          file.path(),
          "rotary positions turn %d of each head's %d elements, which is not supported"
              .formatted(rotated, headSize));
    }
  }

  private static Rope rope(GgufFile file, ModelFamily family, int headSize) {
    double base = real(file, family, ROPE_BASE, 10_000);
    GgufTensor stored = family.scaledRope() ? file.tensor(DIVISORS) : null;
    if (stored == null) {
      return Rope.of(base);
    }
    float[] divisors = file.floats(stored);
    RopeScaling scaling = RopeScaling.of(divisors, base);
    if (divisors.length != headSize / 2 || scaling == null) {
      throw new ModelFileException(
          file.path(), DIVISORS + " scales rotary positions otherwise than Llama 3 does");
    }
    return new Rope(base, scaling);
  }

  private static int whole(GgufFile file, ModelFamily family, String key) {
    Long value = file.whole(family.label() + key);
    if (value == null) {
      throw new ModelFileException(file.path(), "no whole number '" + family.label() + key + "'");
    }
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new ModelFileException(file.path(), family.label() + key + " is " + value);
    }
    return value.intValue();
  }

  private static double real(GgufFile file, ModelFamily family, String key, double absent) {
    return switch (file.metadata().get(family.label() + key)) {
      case null -> absent;
      case GgufValue.Real(var _, double value) -> value;
      default ->
          throw new ModelFileException(file.path(), "no number '" + family.label() + key + "'");
    };
  }
}
