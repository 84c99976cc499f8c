package dev.splitreason.files.jsonl;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, in memory that does not grow with the file. */
public final class LineReader implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  /** Bytes of a line, far above any row's: what is longer is no file of lines. */
  private static final int LONGEST = 1 << 27;

  private final InputStream in;
  private final String name;
  private long number;
  private long offset;

  private LineReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read
   */
  public static LineReader open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory, not a file of lines");
    }
    return of(new BufferedInputStream(Files.newInputStream(file), BUFFER), file.toString());
  }

  /**
   * Reads what comes from a stream, which is closed with the reader.
   *
   * @param bytes buffered
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
        return line;
      }
    }
    return null;
  }

  private @Nullable Line read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    var bytes = new ByteArrayOutputStream(512);
    int next = first;
    while (next >= 0 && next != '\n') {
      if (bytes.size() == LONGEST) {
        throw new FileSystemException(
            name, null, "line " + (number + 1) + " is longer than 128 MiB; is it JSON Lines?");
      }
      bytes.write(next);
      next = in.read();
    }
    var line = new Line(++number, offset, bytes.toByteArray());
    offset += bytes.size() + (next < 0 ? 0 : 1);
    return line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
