package dev.splitreason.data.source;

import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.jsonl.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** The rows of files of JSON: objects a line, or objects in one list or one behind another. */
final class JsonRows implements RowReader {

  private final Iterator<JsonFile> files;
  private @Nullable FileRows current;
  private long number;

  JsonRows(List<JsonFile> files) {
    this.files = files.iterator();
  }

  /**
   * A file to read.
   *
   * @param name as the user knows it
   * @param lines whether each line is an object
   */
  record JsonFile(Path path, String name, boolean lines) {

    private FileRows open() throws IOException {
      InputStream bytes = new Origin(path).open();
      try {
        return lines
            ? new ObjectLines(name, LineReader.of(bytes, name))
            : new Objects(name, Json.MAPPER.createParser(bytes));
      } catch (RuntimeException e) {
        bytes.close();
        throw e;
      }
    }
  }

  @Override
  public @Nullable SourceRow next() throws IOException {
    while (true) {
      FileRows file = current;
      if (file == null) {
        if (!files.hasNext()) {
          return null;
        }
        file = files.next().open();
        current = file;
      }
      Map<String, JsonNode> values = file.next();
      if (values != null) {
        return new SourceRow(++number, file.place(), values);
      }
      file.close();
      current = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  private interface FileRows extends AutoCloseable {

    @Nullable Map<String, JsonNode> next() throws IOException;

    /** Where the row is that was read last. */
    String place();

    @Override
    void close() throws IOException;
  }

  private static final class ObjectLines implements FileRows {
    private final String name;
    private final LineReader lines;
    private long number;

    ObjectLines(String name, LineReader lines) {
      this.name = name;
      this.lines = lines;
    }

    @Override
    public @Nullable Map<String, JsonNode> next() throws IOException {
      Line line = lines.next();
      if (line == null) {
        return null;
      }
      number = line.number();
      try {
        return JsonRow.of(line.bytes());
      } catch (MalformedLineException e) {
        throw new DataException(place() + " " + e.getMessage(), e);
      }
    }

    @Override
    public String place() {
      return name + ", line " + number;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private static final class Objects implements FileRows {
    private final String name;
    private final JsonParser parser;
    private long number;

    Objects(String name, JsonParser parser) {
      this.name = name;
      this.parser = parser;
    }

    @Override
    public @Nullable Map<String, JsonNode> next() {
      try {
        JsonToken token = parser.nextToken();
        if (number == 0 && token == JsonToken.START_ARRAY) {
          token = parser.nextToken();
        }
        if (token == null || token == JsonToken.END_ARRAY) {
          return null;
        }
        number++;
        if (token != JsonToken.START_OBJECT) {
          throw new DataException(place() + " must be a JSON object");
        }
        return JsonRow.read(parser);
      } catch (JacksonException e) {
        throw new DataException(
            name + " is not valid JSON behind row " + number + ": " + Json.complaint(e), e);
      }
    }

    @Override
    public String place() {
      return name + ", row " + number;
    }

    @Override
    public void close() {
      parser.close();
    }
  }
}
