package dev.splitreason.data.match;

import dev.splitreason.files.jsonl.MalformedLineException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of trace and snippet lines. */
final class Fields {

  private Fields() {}

  /** A string or a whole number, as it was given. */
  static JsonNode id(ObjectNode line) throws MalformedLineException {
    JsonNode id = line.get("id");
    if (id != null && (id.isString() || id.isIntegralNumber())) {
      return id;
    }
    throw new MalformedLineException("needs an \"id\" that is a string or a whole number");
  }

  static String text(ObjectNode line) throws MalformedLineException {
    return string(line.get("text"), "needs a \"text\" that is a string");
  }

  static List<String> snippets(ObjectNode line) throws MalformedLineException {
    String rule = "needs \"snippets\" that are a list of strings";
    JsonNode list = line.get("snippets");
    if (list == null || !list.isArray()) {
      throw new MalformedLineException(rule);
    }
    List<String> snippets = new ArrayList<>();
    for (JsonNode snippet : list) {
      snippets.add(string(snippet, rule));
    }
    return snippets;
  }

  private static String string(@Nullable JsonNode node, String rule) throws MalformedLineException {
    if (node == null || !node.isString()) {
      throw new MalformedLineException(rule);
    }
    return node.asString();
  }
}
