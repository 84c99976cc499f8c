package dev.splitreason.core.gguf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.HashSet;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;

/** An unmodifiable list over the texts of a file, each made when it is asked for. */
final class PackedTexts extends AbstractList<String> implements RandomAccess {

  /** The bytes of the length before each text. */
  private static final int LENGTH_BYTES = 8;

  private final byte[] bytes;
  private final int[] starts;

  /**
   * @param bytes every text as the file has it, after its length
   * @param starts where in {@code bytes} each text begins; one more for the place after the last
   */
  PackedTexts(byte[] bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  @Override
  public String get(int index) {
    Objects.checkIndex(index, size());
    int start = starts[index];
    int end = starts[index + 1] - LENGTH_BYTES;
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  @Override
  public int size() {
    return starts.length - 1;
  }

  /** See {@link GgufValue.Texts#repeated}; compares bytes, which need not be UTF-8. */
  int repeated() {
    Set<ByteBuffer> seen = HashSet.newHashSet(size());
    for (int i = 0; i < size(); i++) {
      int end = starts[i];
      while (end < starts[i + 1] - LENGTH_BYTES && bytes[end] != 0) {
        end++;
      }
      if (end > starts[i] && !seen.add(ByteBuffer.wrap(bytes, starts[i], end - starts[i]))) {
        return i;
      }
    }
    return -1;
  }
}
