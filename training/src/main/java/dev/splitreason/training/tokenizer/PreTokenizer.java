package dev.splitreason.training.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How byte-level vocabularies split text before merging, by the names that llama.cpp has for it
 * ({@code tokenizer.ggml.pre}; rules of llama.cpp 0.5.0's {@code llama-vocab.cpp}).
 */
public enum PreTokenizer {
  /** Of Qwen2, Qwen2.5, Qwen3, and what is distilled into them. */
  QWEN2(List.of("qwen2", "deepseek-r1-qwen", "megrez", "kormo", "f2llmv2")) {
    @Override
    void describe(ArrayNode steps) {
      split(steps, TokenizerJson.SPLIT);
      byteLevel(steps.addObject(), false);
    }
  },

  /** Of Llama 3, and what is distilled into it. */
  LLAMA3(List.of("llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1")) {
    @Override
    void describe(ArrayNode steps) {
      split(steps, TokenizerJson.SPLIT.replace("|\\p{N}|", "|\\p{N}{1,3}|"));
      byteLevel(steps.addObject(), false);
    }
  },

  /** Of SmolLM: each digit alone, then as GPT-2. */
  SMOLLM(List.of("smollm")) {
    @Override
    void describe(ArrayNode steps) {
      steps.addObject().put("type", "Digits").put("individual_digits", true);
      byteLevel(steps.addObject(), true);
    }
  },

  /** Of GPT-2. */
  GPT2(List.of("gpt-2", "phi-2", "mpt", "olmo")) {
    @Override
    void describe(ArrayNode steps) {
      byteLevel(steps.addObject(), true);
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> names;

  PreTokenizer(List<String> names) {
    this.names = names;
  }

  /** That of a name, or null if it is none of those that are read here. */
  public static @Nullable PreTokenizer named(@Nullable String name) {
    return Arrays.stream(values())
        .filter(each -> name != null && each.names.contains(name))
        .findFirst()
        .orElse(null);
  }

  /** That of a {@code pre_tokenizer} of {@code tokenizer.json}, or null if it is none of these. */
  public static @Nullable PreTokenizer of(JsonNode described) {
    JsonNode steps = described.path("pretokenizers");
    List<JsonNode> found = rules(steps.isArray() ? steps : List.of(described));
    for (PreTokenizer each : values()) {
      ArrayNode own = JsonNodeFactory.instance.arrayNode();
      each.describe(own);
      if (rules(own).equals(found)) {
        return each;
      }
    }
    return null;
  }

  /** What of each step says where text is split. */
  private static List<JsonNode> rules(Iterable<JsonNode> steps) {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode step : steps) {
      JsonNode rule = step.deepCopy();
      if (rule instanceof ObjectNode fields) {
        fields.remove("trim_offsets");
      }
      rules.add(rule);
    }
    return rules;
  }

  /** The name that is written. */
  public String label() {
    return names.getFirst();
  }

  /** Whether llama.cpp puts a begin token before each text where a file does not say. */
  public boolean beginsTexts() {
    return this == LLAMA3;
  }

  /** All names that are read. */
  public static String known() {
    return Arrays.stream(values())
        .flatMap(each -> each.names.stream())
        .collect(Collectors.joining(", "));
  }

  /** Adds the steps, as Hugging Face's tokenizers write them. */
  abstract void describe(ArrayNode steps);

  private static void split(ArrayNode steps, String rule) {
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", rule);
    split.put("behavior", "Isolated").put("invert", false);
  }

  static void byteLevel(ObjectNode step, boolean splits) {
    step.put("type", "ByteLevel").put("add_prefix_space", false);
    step.put("trim_offsets", true).put("use_regex", splits);
  }
}
