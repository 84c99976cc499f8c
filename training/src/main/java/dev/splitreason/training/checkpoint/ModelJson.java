package dev.splitreason.training.checkpoint;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.core.shape.RopeScaling;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code config.json}: the model's shape as transformers writes and reads it. */
final class ModelJson {

  private static final JsonMapper JSON = new JsonMapper();
  private static final double DEFAULT_ROPE_BASE = 10_000;

  /** What transformers calls the scaling of {@link RopeScaling}. */
  private static final String LLAMA_3 = "llama3";

  private ModelJson() {}

  /**
   * The shape that {@code json} tells.
   *
   * @throws UserMistake if it is of no known family, or has features that are not supported
   */
  static ModelShape read(String json) {
    JsonNode root = tree(json);
    String type = root.path("model_type").stringValue("");
    ModelFamily family = ModelFamily.named(type);
    if (family == null) {
      throw new UserMistake(
          "model_type is '%s'; these can be trained: %s".formatted(type, ModelFamily.labels()));
    }
    for (String feature : List.of("use_sliding_window", "attention_bias", "mlp_bias")) {
      if (root.path(feature).booleanValue(false)) {
        throw new UserMistake(feature + " is true, which is not supported");
      }
    }
    String activation = root.path("hidden_act").stringValue("silu");
    if (!activation.equals("silu")) {
      throw new UserMistake("hidden_act is '" + activation + "'; only 'silu' is supported");
    }
    int heads = whole(root, "num_attention_heads");
    int width = whole(root, "hidden_size");
    return new ModelShape(
        family,
        whole(root, "vocab_size"),
        width,
        whole(root, "num_hidden_layers"),
        heads,
        root.has("num_key_value_heads") ? whole(root, "num_key_value_heads") : heads,
        root.hasNonNull("head_dim") ? whole(root, "head_dim") : family.headSize(width, heads),
        whole(root, "intermediate_size"),
        root.path("rms_norm_eps").doubleValue(1e-6),
        rope(root),
        root.has("max_position_embeddings") ? whole(root, "max_position_embeddings") : 32768,
        root.path("tie_word_embeddings").booleanValue(false));
  }

  private static Rope rope(JsonNode root) {
    // Before version 5 of transformers: rope_theta and rope_scaling; since then rope_parameters.
    JsonNode parameters = root.path("rope_parameters");
    JsonNode scaling = ropeKind(parameters, "").isEmpty() ? root.path("rope_scaling") : parameters;
    String kind = ropeKind(scaling, "default");
    double base =
        parameters
            .path("rope_theta")
            .doubleValue(root.path("rope_theta").doubleValue(DEFAULT_ROPE_BASE));
    return switch (kind) {
      case "default" -> Rope.of(base);
      case LLAMA_3 -> new Rope(base, scaling(scaling));
      default ->
          throw new UserMistake(
              "rotary positions of kind '%s' are not supported; 'default' and '%s' are"
                  .formatted(kind, LLAMA_3));
    };
  }

  private static RopeScaling scaling(JsonNode parameters) {
    return new RopeScaling(
        parameters.path("factor").doubleValue(0),
        parameters.path("low_freq_factor").doubleValue(0),
        parameters.path("high_freq_factor").doubleValue(0),
        whole(parameters, "original_max_position_embeddings"));
  }

  private static ObjectNode scaling(RopeScaling scaling) {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("rope_type", LLAMA_3);
    parameters.put("factor", scaling.factor());
    parameters.put("low_freq_factor", scaling.low());
    parameters.put("high_freq_factor", scaling.high());
    return parameters.put("original_max_position_embeddings", scaling.original());
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
    if (shape.headSize() != shape.family().headSize(shape.width(), shape.heads())) {
      root.put("head_dim", shape.headSize());
    }
    root.put("intermediate_size", shape.feedForward());
    root.put("hidden_act", "silu");
    root.put("rms_norm_eps", shape.normEpsilon());
    root.remove("rope_parameters");
    root.remove("rope_scaling");
    root.put("rope_theta", shape.rope().base());
    if (shape.rope().scaling() != null) {
      root.set("rope_scaling", scaling(shape.rope().scaling()));
    }
    root.put("max_position_embeddings", shape.context());
    root.put("tie_word_embeddings", shape.tiedEmbeddings());
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
