package dev.splitreason.core.gguf;

import java.nio.ByteBuffer;

/**
 * A block of Q8_0: a scale in half precision and 32 signed bytes, each element being scale × byte.
 * Rounds exactly as ggml's {@code quantize_row_q8_0_ref}, so that a file written here equals one
 * that llama.cpp quantised.
 */
final class Q8Block {

  static final int ELEMENTS = 32;

  /** The largest magnitude of a byte; -128 is not used. */
  static final int LARGEST = 127;

  private Q8Block() {}

  static void encode(float[] row, int start, ByteBuffer to) {
    float largest = 0;
    for (int i = start; i < start + ELEMENTS; i++) {
      largest = Math.max(largest, Math.abs(row[i]));
    }
    float scale = largest / LARGEST;
    // The bytes follow the scale before it is rounded to half precision.
    float inverse = scale == 0 ? 0 : 1 / scale;
    to.putShort(Float.floatToFloat16(scale));
    for (int i = start; i < start + ELEMENTS; i++) {
      to.put(halfAwayFromZero(row[i] * inverse));
    }
  }

  static void decode(ByteBuffer from, float[] elements, int start) {
    float scale = Float.float16ToFloat(from.getShort());
    for (int i = start; i < start + ELEMENTS; i++) {
      elements[i] = scale * from.get();
    }
  }

  /** C's roundf; the sum is exact in double precision. */
  private static byte halfAwayFromZero(float value) {
    return (byte) (value + Math.copySign(0.5, value));
  }
}
