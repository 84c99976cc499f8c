package dev.splitreason.files.jsonl;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Where an input's bytes come from: a file, unpacked where its name ends in {@code .gz}, or
 * standard input, whose name is {@code -}. What is read so means the same to every command.
 *
 * @param path as it was named
 */
public record Origin(Path path) {

  private static final int BUFFER = 1 << 16;

  /** Whether it is standard input or another pipe: to be read once, from its start to its end. */
  public boolean isStream() {
    return isStdin() || (Files.exists(path) && Destination.isStream(path));
  }

  private boolean isStdin() {
    return path.toString().equals("-");
  }

  private boolean isPacked() {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** What messages call it. */
  public String name() {
    return isStdin() ? "stdin" : path.toString();
  }

  /**
   * Opens it from its start.
   *
   * @return its bytes, unpacked and buffered
   * @throws IOException if there is no such file, or what should be packed is not
   */
  public InputStream open() throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "is a directory, not a file of lines");
    }
    InputStream bytes = isStdin() ? stdin() : Files.newInputStream(path);
    try {
      return new BufferedInputStream(isPacked() ? unpacked(bytes) : bytes, BUFFER);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The process's own input, which stays open: it is not one reader's to close. */
  private static InputStream stdin() {
    return new FileInputStream(FileDescriptor.in) {
      @Override
      public void close() {
        // The process ends with it.
      }
    };
  }

  /** The packed bytes of a file, which say what is wrong with them. */
  private InputStream unpacked(InputStream bytes) throws IOException {
    try {
      return new GZIPInputStream(bytes, BUFFER) {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          try {
            return super.read(into, offset, length);
          } catch (ZipException | EOFException e) {
            throw damaged(e);
          }
        }
      };
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    }
  }

  private FileSystemException damaged(IOException cause) {
    var damaged =
        new FileSystemException(
            name(),
            null,
            cause instanceof EOFException
                ? "ends before what was packed into it does"
                : "is not what gzip packs, or damaged");
    damaged.initCause(cause);
    return damaged;
  }

  /**
   * A file with its bytes, unpacked, to be read at any place and again.
   *
   * @param folder where a copy may be put
   * @return the file itself, or its copy, which has its name
   */
  public Path seekable(Path folder) throws IOException {
    if (!isStream() && !isPacked()) {
      return path;
    }
    String name = Path.of(name()).getFileName().toString().replaceFirst("(?i)\\.gz$", "");
    Path copy = Files.createTempDirectory(folder, "copy").resolve(name);
    try (InputStream bytes = open()) {
      Files.copy(bytes, copy);
    }
    return copy;
  }
}
