package dev.splitreason.data.store;

import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The annotated lines of a journal in the source's order. Holds their places, not the lines: a
 * database that sorts whole traces needs memory for them.
 */
final class JournalOrder {

  private record Place(long row, long offset, int length) {}

  private final Path journal;
  private final List<Place> places = new ArrayList<>();

  private JournalOrder(Path journal) {
    this.journal = journal;
  }

  /** Reads a journal once. */
  static JournalOrder of(Path journal) throws IOException {
    var order = new JournalOrder(journal);
    try (LineReader reader = LineReader.open(journal)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        ObjectNode object = line.object();
        if (object.path("status").asString("").equals(Status.ANNOTATED.label())) {
          long row = object.path("row").asLong();
          order.places.add(new Place(row, line.offset(), line.bytes().length));
        }
      }
    } catch (MalformedLineException e) {
      throw new IOException(journal + " changed while it was in use", e);
    }
    order.places.sort(Comparator.comparingLong(Place::row));
    return order;
  }

  /** The number of lines. */
  int size() {
    return places.size();
  }

  /** Writes the lines to a file. */
  void copyTo(Path file) throws IOException {
    try (RandomAccessFile from = new RandomAccessFile(journal.toFile(), "r");
        OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (Place place : places) {
        byte[] line = new byte[place.length];
        from.seek(place.offset);
        from.readFully(line);
        to.write(line);
        to.write('\n');
      }
    }
  }
}
