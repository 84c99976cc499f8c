package dev.splitreason.files.jsonl;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of a file.
 *
 * @param number counted from 1
 * @param offset of its first byte in the file
 * @param bytes without the line end. Not to be modified
 */
public record Line(long number, long offset, byte[] bytes) {

  /** Whether it holds nothing but space. */
  public boolean isBlank() {
    return new String(bytes, StandardCharsets.ISO_8859_1).isBlank();
  }

  /**
   * The JSON object on the line.
   *
   * @throws MalformedLineException if it holds anything else
   */
  public ObjectNode object() throws MalformedLineException {
    JsonNode node;
    try {
      node = Json.MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new MalformedLineException("is not valid JSON: " + Json.complaint(e));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedLineException("must be a JSON object");
  }
}
