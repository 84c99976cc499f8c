package dev.splitreason.data.source;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One row of a source.
 *
 * @param number counted from 1 over all files of the source
 * @param place where it is, for messages: a file and a line
 * @param values by column, as the source has them: texts and numbers as text, the rest as JSON
 */
record SourceRow(long number, String place, Map<String, JsonNode> values) {

  /** The value of a column; missing where the row has no such column. */
  JsonNode get(String column) {
    return values.getOrDefault(column, MissingNode.getInstance());
  }
}
