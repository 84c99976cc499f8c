package dev.splitreason.data.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that grows while one run alone has it, and that a killed run leaves whole but for
 * its last line. Not thread-safe.
 */
public final class LineLog implements AutoCloseable {

  private final FileChannel channel;

  private LineLog(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens or begins a file.
   *
   * @return null if another run has it
   * @throws IOException if it cannot be read or written
   */
  public static @Nullable LineLog open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean owned = false;
    try {
      owned = lock(channel);
    } finally {
      if (!owned) {
        channel.close();
      }
    }
    return owned ? new LineLog(channel) : null;
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The file's size in bytes. */
  public long size() throws IOException {
    return channel.size();
  }

  /** Cuts the file, to drop a last line that was not written to its end. */
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  /**
   * Adds a line. When this returns, killing the process loses nothing of it.
   *
   * @throws IOException if it cannot be written; the file is then as it was before
   */
  public void append(byte[] json) throws IOException {
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    long end = channel.size();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        channel.write(buffer, end + buffer.position());
      }
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  /** Waits until everything appended is on disk. */
  public void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
