package dev.splitreason.files.jsonl;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as every file and every command here has it: fields are the components of a record, in snake
 * case and in their order.
 */
public final class Json {

  /** A Java class with its packages, as Jackson names it. */
  private static final String CLASS = "(?:[a-z]\\w*\\.){2,}[A-Z][\\w$]*(?:<[^`]*>)?";

  /** Reads one document, nothing behind it, and passes over fields that it does not know. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private Json() {}

  /** What is wrong with a document, in a line, without a parser's remarks about itself. */
  public static String complaint(JacksonException error) {
    return String.valueOf(error.getOriginalMessage())
        .replaceFirst(" \\(start marker at .*", "")
        .replaceAll(" (?:of type|\\(class) `?" + CLASS + "[`)]?", "")
        .replaceAll("`?" + CLASS + "`?", "a value");
  }

  /** A value as one line of UTF-8, without the line end; every UTF-16 unit comes back as it was. */
  public static byte[] line(Object value) {
    String json = MAPPER.writeValueAsString(value);
    // Half a surrogate pair has no UTF-8: only an escape keeps it.
    boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(json);
    return (encodable ? json : ASCII.writeValueAsString(value)).getBytes(StandardCharsets.UTF_8);
  }
}
