package dev.splitreason.training.checkpoint;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.model.Adapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder with a LoRA adapter as PEFT writes and reads it: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}.
 */
public final class AdapterFolder {

  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final JsonMapper JSON = new JsonMapper();

  private AdapterFolder() {}

  /**
   * Reads an adapter for a model of this shape.
   *
   * @throws ModelFileException if a file is missing or damaged, does not fit the model, or has
   *     features other than plain LoRA
   */
  public static Adapter read(Path folder, ModelShape model) {
    Adapter.Shape shape = shape(folder.resolve(CONFIG));
    Path file = folder.resolve(WEIGHTS);
    try (StoredWeights weights = StoredWeights.of(file)) {
      weights.requireOnly(shape.parameterShapes(model).keySet(), Set.of());
      return Adapter.of(model, shape, weights::read);
    } catch (UserMistake e) {
      throw new ModelFileException(folder.resolve(CONFIG), e.getMessage(), e);
    }
  }

  private static Adapter.Shape shape(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      requirePlain(file, root);
      List<String> targets = new ArrayList<>();
      JsonNode named = root.path("target_modules");
      if (named.isString()) {
        // PEFT's one word for all matrices of the layers; anything else is a pattern.
        requireValue(file, "target_modules", named.stringValue(), "all-linear");
        targets.addAll(Adapter.Shape.ALL_TARGETS);
      }
      named.values().forEach(target -> targets.add(target.stringValue("")));
      return new Adapter.Shape(
          root.path("r").intValue(0),
          root.path("lora_alpha").doubleValue(8),
          targets,
          tokens(file, root.path("trainable_token_indices")));
    } catch (JacksonException e) {
      throw new ModelFileException(file, "no valid JSON: " + e.getOriginalMessage(), e);
    } catch (UserMistake e) {
      throw new ModelFileException(file, e.getMessage(), e);
    } catch (IOException e) {
      throw ModelFileException.of(file, "cannot be read", e);
    }
  }

  /** PEFT's list is of the embeddings; its object has a list for each matrix. */
  private static List<Integer> tokens(Path file, JsonNode indices) {
    JsonNode embedded = indices.isObject() ? indices.path("embed_tokens") : indices;
    JsonNode output = indices.path("lm_head");
    if (!output.isMissingNode() && !output.equals(embedded)) {
      throw new ModelFileException(
          file, "trainable_token_indices has other tokens for lm_head than for embed_tokens");
    }
    return embedded.values().stream().map(id -> id.intValue(-1)).toList();
  }

  private static void requirePlain(Path file, JsonNode root) {
    requireValue(file, "peft_type", root.path("peft_type").stringValue(null), "LORA");
    requireValue(file, "bias", root.path("bias").stringValue("none"), "none");
    for (String feature : List.of("use_dora", "use_rslora", "fan_in_fan_out")) {
      requireValue(file, feature, String.valueOf(root.path(feature).booleanValue(false)), "false");
    }
    for (String feature : List.of("rank_pattern", "alpha_pattern")) {
      requireValue(file, feature, String.valueOf(root.path(feature).size()), "0");
    }
  }

  private static void requireValue(
      Path file, String key, @Nullable String value, String supported) {
    if (!supported.equals(value)) {
      throw new ModelFileException(
          file, "%s is '%s'; only '%s' is supported".formatted(key, value, supported));
    }
  }

  /**
   * Writes an adapter in F32.
   *
   * @param base where the model it belongs to is found, for PEFT to load
   * @throws ModelFileException if a file cannot be written
   */
  public static void write(Path folder, Adapter adapter, String base) {
    ObjectNode config = JSON.createObjectNode();
    config.put("peft_type", "LORA").put("task_type", "CAUSAL_LM");
    config.put("base_model_name_or_path", base);
    config.put("r", adapter.shape().rank()).put("lora_alpha", adapter.shape().alpha());
    config.put("lora_dropout", 0.0).put("bias", "none").put("inference_mode", true);
    ArrayNode targets = config.putArray("target_modules");
    adapter.shape().targets().forEach(targets::add);
    if (!adapter.shape().tokens().isEmpty()) {
      ObjectNode indices = config.putObject("trainable_token_indices");
      for (String matrix : adapter.rowMatrices()) {
        ArrayNode ids = indices.putArray(matrix);
        adapter.shape().tokens().forEach(ids::add);
      }
    }
    try {
      Files.createDirectories(folder);
      SafetensorsWriter.write(
          folder.resolve(WEIGHTS), adapter.parameters(), SafetensorsType.F32, Map.of());
      Files.writeString(
          folder.resolve(CONFIG),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
    } catch (IOException e) {
      throw ModelFileException.of(folder, "cannot be written", e);
    }
  }
}
