package dev.splitreason.training.checkpoint;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufValueType;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.training.tokenizer.PreTokenizer;
import dev.splitreason.training.tokenizer.TokenizerJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tokenizer section of a GGUF file, from and to the files of a Hugging Face folder. */
final class GgufTokenizer {

  private static final JsonMapper JSON = new JsonMapper();

  private GgufTokenizer() {}

  /**
   * The section.
   *
   * @param files of the checkpoint
   * @param rows of the embedding matrix; ids without a token are marked as unused
   */
  static Map<String, GgufValue> write(Map<String, String> files, int rows) {
    String json = files.get("tokenizer.json");
    if (json == null) {
      throw new ModelFileException(BpeVocabulary.FILE, "the checkpoint does not have it to export");
    }
    BpeVocabulary vocabulary = BpeVocabulary.read(json);
    PreTokenizer split = PreTokenizer.of(vocabulary.preTokenizer());
    if (split == null) {
      throw new ModelFileException(
          BpeVocabulary.FILE,
          "splits text by another rule than those that can be exported (%s): %s"
              .formatted(PreTokenizer.known(), vocabulary.preTokenizer()));
    }
    if (vocabulary.size() > rows) {
      throw new ModelFileException(
          BpeVocabulary.FILE,
          "has %d tokens, the embedding matrix %d rows".formatted(vocabulary.size(), rows));
    }
    List<String> tokens = new ArrayList<>();
    List<Long> types = new ArrayList<>();
    for (int id = 0; id < rows; id++) {
      boolean known = id < vocabulary.size();
      tokens.add(known ? vocabulary.spelling(id) : "[PAD" + id + "]");
      types.add((long) (known ? vocabulary.kind(id) : BpeVocabulary.Kind.UNUSED).ggufType());
    }
    Map<String, GgufValue> section = new LinkedHashMap<>();
    section.put("tokenizer.ggml.model", GgufValue.of("gpt2"));
    section.put("tokenizer.ggml.pre", GgufValue.of(split.label()));
    section.put("tokenizer.ggml.tokens", new GgufValue.Texts(tokens));
    section.put("tokenizer.ggml.token_type", new GgufValue.Wholes(GgufValueType.INT32, types));
    section.put("tokenizer.ggml.merges", new GgufValue.Texts(vocabulary.merges()));
    putRoles(SpecialIds.read(files, vocabulary), section);
    JsonNode settings = JSON.readTree(files.getOrDefault("tokenizer_config.json", "{}"));
    section.put(
        "tokenizer.ggml.add_bos_token",
        GgufValue.of(settings.path("add_bos_token").booleanValue(vocabulary.beginsTexts())));
    String template = StoredTemplate.source(files);
    if (template != null) {
      section.put("tokenizer.chat_template", GgufValue.of(template));
    }
    return section;
  }

  private static void putRoles(SpecialIds ids, Map<String, GgufValue> section) {
    List<Integer> ends = List.copyOf(ids.ends());
    putId("tokenizer.ggml.bos_token_id", ids.begin(), section);
    putId("tokenizer.ggml.eos_token_id", ends.isEmpty() ? null : ends.getFirst(), section);
    putId("tokenizer.ggml.eot_token_id", ends.size() < 2 ? null : ends.get(1), section);
    putId("tokenizer.ggml.padding_token_id", ids.padding(), section);
  }

  private static void putId(String key, @Nullable Integer id, Map<String, GgufValue> section) {
    if (id != null) {
      section.put(key, GgufValue.of(id));
    }
  }

  /** The files that say what the section of {@code gguf} says. */
  static SequencedMap<String, String> read(GgufFile gguf) {
    String model = gguf.text("tokenizer.ggml.model");
    String split = gguf.text("tokenizer.ggml.pre");
    PreTokenizer known = PreTokenizer.named(split);
    List<String> tokens = gguf.texts("tokenizer.ggml.tokens");
    if (!"gpt2".equals(model) || tokens == null) {
      throw new ModelFileException(
          gguf.path(), "has a tokenizer of kind " + model + "; only gpt2 (byte-level) can be read");
    }
    if (known == null) {
      throw new ModelFileException(
          gguf.path(),
          "has the pre-tokenizer '" + split + "'; these can be read: " + PreTokenizer.known());
    }
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("tokenizer.json", tokenizerJson(gguf, tokens, known));
    ObjectNode settings = JSON.createObjectNode();
    settings.put("tokenizer_class", "PreTrainedTokenizerFast");
    settings.put(
        "add_bos_token",
        gguf.metadata().get("tokenizer.ggml.add_bos_token") instanceof GgufValue.Flag(boolean add)
            ? add
            : known.beginsTexts());
    ObjectNode generation = JSON.createObjectNode();
    putRole("bos", gguf.whole("tokenizer.ggml.bos_token_id"), tokens, settings, generation);
    putRole("eos", gguf.whole("tokenizer.ggml.eos_token_id"), tokens, settings, generation);
    putRole("pad", gguf.whole("tokenizer.ggml.padding_token_id"), tokens, settings, generation);
    files.put("tokenizer_config.json", pretty(settings));
    files.put("generation_config.json", pretty(generation));
    String template = gguf.text("tokenizer.chat_template");
    if (template != null) {
      files.put("chat_template.jinja", template);
    }
    return files;
  }

  private static void putRole(
      String role,
      @Nullable Long id,
      List<String> tokens,
      ObjectNode settings,
      ObjectNode generation) {
    if (id != null && id >= 0 && id < tokens.size()) {
      settings.put(role + "_token", tokens.get(id.intValue()));
      generation.put(role + "_token_id", id.intValue());
    }
  }

  private static String tokenizerJson(GgufFile gguf, List<String> tokens, PreTokenizer split) {
    TokenizerJson json = new TokenizerJson(split);
    List<Long> types =
        gguf.metadata().get("tokenizer.ggml.token_type")
                instanceof GgufValue.Wholes(var _, List<Long> values)
            ? values
            : List.of();
    for (int id = 0; id < tokens.size(); id++) {
      long type = id < types.size() ? types.get(id) : BpeVocabulary.Kind.NORMAL.ggufType();
      if (type == BpeVocabulary.Kind.UNUSED.ggufType()) {
        continue;
      }
      json.token(tokens.get(id), id);
      if (type != BpeVocabulary.Kind.NORMAL.ggufType()) {
        json.added(tokens.get(id), id, type == BpeVocabulary.Kind.CONTROL.ggufType());
      }
    }
    List<String> merges = gguf.texts("tokenizer.ggml.merges");
    if (merges != null) {
      merges.forEach(json.merges()::add);
    }
    return json.toString();
  }

  private static String pretty(ObjectNode root) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
