package dev.splitreason.data.store;

import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The annotated lines of a journal in the source's order; of several lines of a row the last one
 * counts. Holds their places, not the lines: a database that sorts whole traces needs memory for
 * them.
 */
public final class JournalOrder {

  private record Place(long offset, int length) {}

  private final Path journal;
  private final SortedMap<Long, Place> places = new TreeMap<>();

  private JournalOrder(Path journal) {
    this.journal = journal;
  }

  /**
   * Reads a journal once.
   *
   * @param wanted the rows that the source has
   * @param statuses of the lines that are kept
   */
  public static JournalOrder of(Path journal, LongPredicate wanted, Set<Status> statuses)
      throws IOException {
    var order = new JournalOrder(journal);
    Set<String> kept = statuses.stream().map(Status::label).collect(Collectors.toSet());
    try (LineReader reader = LineReader.open(journal)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        ObjectNode object = line.object();
        long row = object.path("row").asLong(0);
        if (!kept.contains(object.path("status").asString(""))) {
          order.places.remove(row);
        } else if (wanted.test(row)) {
          order.places.put(row, new Place(line.offset(), line.bytes().length));
        }
      }
    } catch (MalformedLineException e) {
      throw new IOException(journal + " changed while it was in use", e);
    }
    return order;
  }

  /** The number of lines. */
  int size() {
    return places.size();
  }

  /** Goes through the rows. */
  public void forEach(Consumer<AnnotatedTrace> action) throws IOException {
    eachLine(line -> action.accept(row(line)));
  }

  /**
   * Writes rows as lines to a file.
   *
   * @param edit what becomes of a row; null for nothing
   * @return how many were written
   */
  long writeTo(Path file, Function<AnnotatedTrace, @Nullable AnnotatedTrace> edit)
      throws IOException {
    long[] written = {0};
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      eachLine(
          line -> {
            AnnotatedTrace row = edit.apply(row(line));
            if (row != null) {
              to.write(Json.line(row));
              to.write('\n');
              written[0]++;
            }
          });
    }
    return written[0];
  }

  /** Writes the lines to a file. */
  void copyTo(Path file) throws IOException {
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      eachLine(
          line -> {
            to.write(line);
            to.write('\n');
          });
    }
  }

  /** Takes a line. */
  @FunctionalInterface
  private interface LineAction {
    void take(byte[] line) throws IOException;
  }

  private void eachLine(LineAction action) throws IOException {
    try (RandomAccessFile from = new RandomAccessFile(journal.toFile(), "r")) {
      for (Place place : places.values()) {
        byte[] line = new byte[place.length];
        from.seek(place.offset);
        from.readFully(line);
        action.take(line);
      }
    }
  }

  private static AnnotatedTrace row(byte[] line) {
    return Json.MAPPER.readValue(line, AnnotatedTrace.class);
  }
}
