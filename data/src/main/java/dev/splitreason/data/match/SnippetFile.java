package dev.splitreason.data.match;

import dev.splitreason.core.file.FileTree;
import dev.splitreason.core.file.Sha256;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.jsonl.Origin;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A file of lines {@code {"id", "snippets"}}, looked up by id. Holds the ids and places in memory,
 * not the snippets. Thread-safe.
 */
public final class SnippetFile implements AutoCloseable {

  private record Place(long line, long offset, int length) {}

  private final String name;
  private final Path lines;
  private final RandomAccessFile file;
  private final Path temporary;
  private final Map<String, Place> unused = new LinkedHashMap<>();

  private SnippetFile(String name, Path lines, RandomAccessFile file, Path temporary) {
    this.name = name;
    this.lines = lines;
    this.file = file;
    this.temporary = temporary;
  }

  /**
   * Reads a file once for the ids in it.
   *
   * @param problems gets a line for each line that cannot be used
   */
  public static SnippetFile open(Path path, Consumer<String> problems) throws IOException {
    var origin = new Origin(path);
    Path temporary = Files.createTempDirectory("splitreason-snippets");
    try {
      Path seekable = origin.seekable(temporary);
      var file = new RandomAccessFile(seekable.toFile(), "r");
      return read(seekable, new SnippetFile(origin.name(), seekable, file, temporary), problems);
    } catch (IOException e) {
      FileTree.delete(temporary);
      throw e;
    }
  }

  private static SnippetFile read(Path path, SnippetFile snippets, Consumer<String> problems)
      throws IOException {
    try (LineReader reader = LineReader.open(path)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        try {
          snippets.index(line);
        } catch (MalformedLineException e) {
          problems.accept(snippets.name + " line " + line.number() + " " + e.getMessage());
        }
      }
      return snippets;
    } catch (IOException e) {
      snippets.close();
      throw e;
    }
  }

  /**
   * The SHA-256 of the lines, unpacked, in hexadecimal digits.
   *
   * @throws IOException if they cannot be read
   */
  public String sum() throws IOException {
    return Sha256.hex(Files.newInputStream(lines));
  }

  /** The snippets of a trace, at most once for each id; none if the file has none. */
  public synchronized List<String> snippets(String id) throws IOException {
    Place place = unused.remove(id);
    if (place == null) {
      return List.of();
    }
    byte[] bytes = new byte[place.length];
    file.seek(place.offset);
    file.readFully(bytes);
    try {
      return Fields.snippets(new Line(place.line, place.offset, bytes).object());
    } catch (MalformedLineException e) {
      throw new IOException(name + " line " + place.line + " changed while it was in use", e);
    }
  }

  /** A line for each id that was never asked for. */
  public synchronized Stream<String> unused() {
    return unused.entrySet().stream()
        .map(
            entry ->
                name
                    + " line "
                    + entry.getValue().line
                    + " has snippets for '"
                    + entry.getKey()
                    + "', but there is no such trace");
  }

  private void index(Line line) throws MalformedLineException {
    var object = line.object();
    String id = Fields.id(object).asString();
    Fields.snippets(object);
    var place = new Place(line.number(), line.offset(), line.bytes().length);
    Place earlier = unused.putIfAbsent(id, place);
    if (earlier != null) {
      throw new MalformedLineException("repeats the id '" + id + "' of line " + earlier.line);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    FileTree.delete(temporary);
  }
}
