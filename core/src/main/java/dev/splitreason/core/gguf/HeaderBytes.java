package dev.splitreason.core.gguf;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a file's header, read as they are needed: every length is checked against the file
 * and {@link #LIMIT} before anything is allocated for it.
 */
final class HeaderBytes {

  /** The largest header taken for one; the largest vocabularies in use need about 20 MiB. */
  static final int LIMIT = 64 << 20;

  private static final int FIRST_READ = 64 << 10;

  private final Path file;
  private final FileChannel channel;
  private final long fileSize;
  private byte[] bytes = {};
  private ByteBuffer numbers = ByteBuffer.wrap(bytes);
  private int position;

  HeaderBytes(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.fileSize = channel.size();
  }

  long fileSize() {
    return fileSize;
  }

  int position() {
    return position;
  }

  int uint8(String what) throws IOException {
    return Byte.toUnsignedInt(bytes[take(1, what)]);
  }

  int int32(String what) throws IOException {
    int start = take(4, what);
    return numbers.getInt(start);
  }

  long int64(String what) throws IOException {
    int start = take(8, what);
    return numbers.getLong(start);
  }

  String text(String what) throws IOException {
    long length = int64(what);
    int start = take(length, what);
    return new String(bytes, start, (int) length, StandardCharsets.UTF_8);
  }

  /** A copy of the next {@code count} bytes. */
  byte[] copy(long count, String what) throws IOException {
    int start = take(count, what);
    return Arrays.copyOfRange(bytes, start, start + (int) count);
  }

  /** The bytes from {@code start} to the present position, copied. */
  byte[] copySince(int start) {
    return Arrays.copyOfRange(bytes, start, position);
  }

  /** Moves past the next {@code count} bytes, making sure that they are there. */
  void skip(long count, String what) throws IOException {
    take(count, what);
  }

  /** Fails unless {@code count} things of at least {@code bytesEach} can still follow. */
  void expect(long count, int bytesEach, String what) {
    long room = (long) LIMIT - position;
    if (count < 0 || count > room / bytesEach) {
      throw new ModelFileException(
          file, "not a valid header: it announces " + Long.toUnsignedString(count) + " " + what);
    }
    requireInFile(count * bytesEach);
  }

  private int take(long count, String what) throws IOException {
    if (count < 0 || count > LIMIT - position) {
      throw new ModelFileException(
          file,
          "not a valid header: "
              + what
              + " would be "
              + Long.toUnsignedString(count)
              + " bytes long");
    }
    requireInFile(count);
    int start = position;
    int end = start + (int) count;
    if (end > bytes.length) {
      read(end);
    }
    position = end;
    return start;
  }

  private void requireInFile(long count) {
    long missing = position + count - fileSize;
    if (missing > 0) {
      throw new ModelFileException(
          file, "truncated: the file ends inside its header, at least " + missing + " bytes short");
    }
  }

  private void read(int end) throws IOException {
    int filled = bytes.length;
    int wanted = Math.max(end, Math.max(FIRST_READ, 2 * filled));
    bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Math.min(fileSize, LIMIT)));
    numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer rest = ByteBuffer.wrap(bytes, filled, bytes.length - filled);
    while (rest.hasRemaining()) {
      if (channel.read(rest) < 0) {
        throw new ModelFileException(file, "became shorter while it was being read");
      }
    }
  }
}
