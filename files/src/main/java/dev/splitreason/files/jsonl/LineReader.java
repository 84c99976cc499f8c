package dev.splitreason.files.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, in memory that does not grow with the file. */
public final class LineReader implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  /** Bytes of a line, far above any row's: what is longer is no file of lines. */
  private static final int LONGEST = 1 << 27;

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[BUFFER];

  /** What is left of the buffer begins here and ends before {@link #end}. */
  private int at;

  private int end;
  private boolean any;
  private long number;
  private long offset;

  private LineReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * Opens a file, packed or not, or standard input, by what {@link Origin} takes for its name.
   *
   * @throws IOException if it cannot be read
   */
  public static LineReader open(Path file) throws IOException {
    var origin = new Origin(file);
    return of(origin.open(), origin.name());
  }

  /**
   * Reads what comes from a stream, which is closed with the reader.
   *
   * @param name of what is read, for messages
   */
  public static LineReader of(InputStream bytes, String name) {
    return new LineReader(bytes, name);
  }

  /**
   * The next line that is not blank, or null at the end of the file.
   *
   * @throws IOException if it cannot be read, or is longer than 128 MiB
   */
  public @Nullable Line next() throws IOException {
    for (Line line = read(); line != null; line = read()) {
      if (!line.isBlank()) {
        any = true;
        return line;
      }
    }
    return null;
  }

  /**
   * Refuses what had no line at all: an empty file is more often a mistake than work that is done.
   *
   * @throws IOException if nothing was read to its end but blank lines
   */
  public void requireLines() throws IOException {
    if (!any) {
      throw new IOException(name + " holds no lines");
    }
  }

  private @Nullable Line read() throws IOException {
    if (at == end && !fill()) {
      return null;
    }
    var bytes = new ByteArrayOutputStream(512);
    boolean ended = false;
    while (!ended && (at < end || fill())) {
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      if (bytes.size() + stop - at > LONGEST) {
        throw new FileSystemException(
            name, null, "line " + (number + 1) + " is longer than 128 MiB; is it JSON Lines?");
      }
      bytes.write(buffer, at, stop - at);
      ended = stop < end;
      at = ended ? stop + 1 : stop;
    }
    var line = new Line(++number, offset, bytes.toByteArray());
    offset += bytes.size() + (ended ? 1 : 0);
    return line;
  }

  /** Reads on; gives whether there was anything. */
  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
