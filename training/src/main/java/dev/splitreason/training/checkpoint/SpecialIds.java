package dev.splitreason.training.checkpoint;

import dev.splitreason.core.model.ModelFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The tokens with a role.
 *
 * @param begin begins a text, or null
 * @param ends each ends a text; the usual one first
 * @param padding fills up, or null
 */
record SpecialIds(@Nullable Integer begin, SequencedSet<Integer> ends, @Nullable Integer padding) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The files that name them, the most telling first. */
  private static final List<String> FILES =
      List.of("generation_config.json", "config.json", "tokenizer_config.json");

  static SpecialIds read(Map<String, String> files, BpeVocabulary vocabulary) {
    return new SpecialIds(
        first(ids("bos", files, vocabulary)),
        ids("eos", files, vocabulary),
        first(ids("pad", files, vocabulary)));
  }

  private static @Nullable Integer first(Set<Integer> ids) {
    return ids.isEmpty() ? null : ids.iterator().next();
  }

  private static SequencedSet<Integer> ids(
      String role, Map<String, String> files, BpeVocabulary vocabulary) {
    SequencedSet<Integer> ids = new LinkedHashSet<>();
    for (String name : FILES) {
      JsonNode root = tree(name, files.get(name));
      JsonNode id = root.path(role + "_token_id");
      if (id.isArray()) {
        id.forEach(each -> add(each, vocabulary, ids));
      } else {
        add(id, vocabulary, ids);
      }
      JsonNode token = root.path(role + "_token");
      String spelling =
          token.isObject() ? token.path("content").stringValue("") : token.stringValue("");
      Integer spelled = spelling.isEmpty() ? null : vocabulary.idOf(spelling);
      if (spelled != null) {
        ids.add(spelled);
      }
    }
    return ids;
  }

  private static void add(JsonNode id, BpeVocabulary vocabulary, Set<Integer> ids) {
    if (id.isInt() && id.intValue() >= 0 && id.intValue() < vocabulary.size()) {
      ids.add(id.intValue());
    }
  }

  private static JsonNode tree(String name, @Nullable String json) {
    if (json == null) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw new ModelFileException(Path.of(name), "is no valid JSON: " + e.getOriginalMessage(), e);
    }
  }
}
