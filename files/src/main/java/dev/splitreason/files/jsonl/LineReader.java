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

  private final InputStream in;
  private long number;
  private long offset;

  private LineReader(InputStream in) {
    this.in = in;
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
    return new LineReader(new BufferedInputStream(Files.newInputStream(file), BUFFER));
  }

  /** The next line that is not blank, or null at the end of the file. */
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
