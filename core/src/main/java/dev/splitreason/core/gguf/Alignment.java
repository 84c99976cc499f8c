package dev.splitreason.core.gguf;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The multiple of bytes at which tensor data begins: {@code general.alignment}, or 32. */
final class Alignment {

  private static final String KEY = "general.alignment";
  private static final int DEFAULT = 32;
  private static final int LARGEST = 1 << 20;

  private Alignment() {}

  /** The alignment that the metadata asks for, or null if it is no such number. */
  static @Nullable Integer of(Map<String, GgufValue> metadata) {
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
    return null;
  }

  /** What is wrong where {@link #of} gives null. */
  static String complaint(Map<String, GgufValue> metadata) {
    return "%s must be a UINT32 power of two of at most %d, not %s"
        .formatted(KEY, LARGEST, metadata.get(KEY));
  }

  static long up(long offset, int alignment) {
    return Math.ceilDiv(offset, alignment) * alignment;
  }
}
