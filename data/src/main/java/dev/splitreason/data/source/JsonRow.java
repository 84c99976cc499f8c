package dev.splitreason.data.source;

import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** A row of JSON as it was written: nothing is guessed of a value but what its own text says. */
public final class JsonRow {

  private JsonRow() {}

  /**
   * Reads the object on a line.
   *
   * @return its values by their names; a number is the text it is written as
   * @throws MalformedLineException if the line holds anything else
   */
  public static Map<String, JsonNode> of(byte[] line) throws MalformedLineException {
    try (JsonParser parser = Json.MAPPER.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedLineException("must be a JSON object");
      }
      Map<String, JsonNode> row = read(parser);
      if (parser.nextToken() != null) {
        throw new MalformedLineException("is not valid JSON: something follows the object");
      }
      return row;
    } catch (JacksonException e) {
      throw new MalformedLineException("is not valid JSON: " + Json.complaint(e));
    }
  }

  /** Reads the object that a parser has come to the start of, up to its end. */
  static Map<String, JsonNode> read(JsonParser parser) {
    Map<String, JsonNode> row = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      row.put(name, value(parser));
    }
    return row;
  }

  private static JsonNode value(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return NullNode.getInstance();
    }
    if (token.isNumeric()) {
      return StringNode.valueOf(parser.getString());
    }
    return parser.readValueAsTree();
  }
}
