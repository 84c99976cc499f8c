package dev.splitreason.training.checkpoint;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code config.json}: the model's shape as transformers writes and reads it. */
final class ModelJson {

  private static final JsonMapper JSON = new JsonMapper();
  private static final double DEFAULT_ROPE_BASE = 10_000;

  private ModelJson() {}

  /**
   * The shape that {@code json} tells.
   *
   * @throws UserMistake if it is no Qwen2 model, or one with features that are not supported
   */
  static ModelShape read(String json) {
    JsonNode root = tree(json);
    String type = root.path("model_type").stringValue("");
    if (ModelFamily.named(type) != ModelFamily.QWEN2) {
      throw new UserMistake("model_type is '" + type + "'; only 'qwen2' can be trained");
    }
    if (root.path("use_sliding_window").booleanValue(false)) {
      throw new UserMistake("use_sliding_window is true, which is not supported");
    }
    String activation = root.path("hidden_act").stringValue("silu");
    if (!activation.equals("silu")) {
      throw new UserMistake("hidden_act is '" + activation + "'; only 'silu' is supported");
    }
    int heads = whole(root, "num_attention_heads");
    int width = whole(root, "hidden_size");
    return new ModelShape(
        ModelFamily.QWEN2,
        whole(root, "vocab_size"),
        width,
        whole(root, "num_hidden_layers"),
        heads,
        root.has("num_key_value_heads") ? whole(root, "num_key_value_heads") : heads,
        root.hasNonNull("head_dim") ? whole(root, "head_dim") : width / Math.max(1, heads),
        whole(root, "intermediate_size"),
        root.path("rms_norm_eps").doubleValue(1e-6),
        ropeBase(root),
        root.has("max_position_embeddings") ? whole(root, "max_position_embeddings") : 32768,
        root.path("tie_word_embeddings").booleanValue(false));
  }

  private static double ropeBase(JsonNode root) {
    // Before version 5 of transformers: rope_theta and rope_scaling; since then rope_parameters.
    JsonNode parameters = root.path("rope_parameters");
    String kind = ropeKind(parameters, ropeKind(root.path("rope_scaling"), "default"));
    if (!kind.equals("default")) {
      throw new UserMistake(
          "rotary positions of kind '" + kind + "' are not supported; only 'default' is");
    }
    return parameters
        .path("rope_theta")
        .doubleValue(root.path("rope_theta").doubleValue(DEFAULT_ROPE_BASE));
  }

  private static String ropeKind(JsonNode parameters, String absent) {
    return parameters.path("rope_type").stringValue(parameters.path("type").stringValue(absent));
  }

  private static int whole(JsonNode root, String key) {
    JsonNode value = root.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new UserMistake(
          value.isMissingNode()
              ? "no '" + key + "'"
              : "'" + key + "' is " + value + ", not a whole number");
    }
    return value.intValue();
  }

  /**
   * Tells the shape in {@code json} and leaves what else is in it.
   *
   * @param json what was there before, null for a new model
   */
  static String write(ModelShape shape, SafetensorsType type, @Nullable String json) {
    ObjectNode root = json == null ? JSON.createObjectNode() : (ObjectNode) tree(json);
    root.putArray("architectures").add(shape.family().className());
    root.put("model_type", shape.family().label());
    root.put("vocab_size", shape.vocabulary());
    root.put("hidden_size", shape.width());
    root.put("num_hidden_layers", shape.layers());
    root.put("num_attention_heads", shape.heads());
    root.put("num_key_value_heads", shape.keyValueHeads());
    if (shape.headSize() * shape.heads() != shape.width()) {
      root.put("head_dim", shape.headSize());
    }
    root.put("intermediate_size", shape.feedForward());
    root.put("hidden_act", "silu");
    root.put("rms_norm_eps", shape.normEpsilon());
    root.remove("rope_parameters");
    root.remove("rope_scaling");
    root.put("rope_theta", shape.ropeBase());
    root.put("max_position_embeddings", shape.context());
    root.put("tie_word_embeddings", shape.tiedEmbeddings());
    root.put("use_sliding_window", false);
    root.remove("dtype");
    root.put("torch_dtype", dtype(type));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static String dtype(SafetensorsType type) {
    return switch (type) {
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
    };
  }

  private static JsonNode tree(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException e) {
      throw new UserMistake("no valid JSON: " + e.getOriginalMessage(), e);
    }
    throw new UserMistake("no JSON object");
  }
}
