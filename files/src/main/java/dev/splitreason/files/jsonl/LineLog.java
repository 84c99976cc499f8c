package dev.splitreason.files.jsonl;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that grows while one run alone has it, and that a killed run leaves whole but for
 * its last line. Not thread-safe.
 */
public final class LineLog implements AutoCloseable {

  /** Not a channel: an interrupt in the middle of a line would close that. */
  private final RandomAccessFile file;

  private LineLog(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens or begins a file.
   *
   * @return null if another run has it
   * @throws IOException if it cannot be read or written
   */
  public static @Nullable LineLog open(Path path) throws IOException {
    var file = new RandomAccessFile(path.toFile(), "rw");
    boolean owned = false;
    try {
      owned = lock(file);
    } finally {
      if (!owned) {
        file.close();
      }
    }
    return owned ? new LineLog(file) : null;
  }

  private static boolean lock(RandomAccessFile file) throws IOException {
    try {
      FileLock lock = file.getChannel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The file's size in bytes. */
  public long size() throws IOException {
    return file.length();
  }

  /** Cuts the file, to drop a last line that was not written to its end. */
  public void truncate(long size) throws IOException {
    file.setLength(size);
  }

  /**
   * Adds a line. When this returns, killing the process loses nothing of it.
   *
   * @throws IOException if it cannot be written; the file is then as it was before
   */
  public void append(byte[] json) throws IOException {
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    long end = file.length();
    try {
      file.seek(end);
      file.write(line);
    } catch (IOException e) {
      file.setLength(end);
      throw e;
    }
  }

  /** Waits until everything appended is on disk. */
  public void force() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
