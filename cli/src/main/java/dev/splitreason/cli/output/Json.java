package dev.splitreason.cli.output;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One-line JSON documents, written by Jackson's streaming core alone: data binding would cost a
 * quarter of a second of every command's start.
 */
public final class Json {

  private Json() {}

  /** The UTF-8 bytes of a document and a line break. */
  public static byte[] line(Consumer<JsonGenerator> document) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      document.accept(json);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
