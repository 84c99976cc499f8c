package dev.splitreason.core.gguf;

import java.util.Map;

/** The multiple of bytes at which tensor data begins: {@code general.alignment}, or 32. */
final class Alignment {

  private static final String KEY = "general.alignment";
  private static final int DEFAULT = 32;
  private static final int LARGEST = 1 << 20;

  private Alignment() {}

  /**
   * The alignment that the metadata asks for.
   *
   * @throws IllegalArgumentException if it is no power of two
   */
  static int of(Map<String, GgufValue> metadata) {
    GgufValue value = metadata.get(KEY);
    if (value == null) {
      return DEFAULT;
    }
    if (value instanceof GgufValue.Whole(GgufValueType type, long alignment)
        && type == GgufValueType.UINT32
        && Long.bitCount(alignment) == 1
        && alignment <= LARGEST) {
      return (int) alignment;
    }
    throw new IllegalArgumentException(
        KEY + " must be a UINT32 power of two of at most " + LARGEST + ", not " + value);
  }

  static long up(long offset, int alignment) {
    return Math.ceilDiv(offset, alignment) * alignment;
  }
}
