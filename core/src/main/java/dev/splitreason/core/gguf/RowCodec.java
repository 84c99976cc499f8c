package dev.splitreason.core.gguf;

import java.nio.ByteBuffer;

/** Floats to stored bytes and back, a row at a time; buffers are little-endian. */
final class RowCodec {

  /** Reads what is read here. */
  static final RowDecoder OWN =
      new RowDecoder() {
        @Override
        public boolean decodes(GgufTensorType type) {
          return RowCodec.decodes(type);
        }

        @Override
        public void decode(
            GgufTensorType type, ByteBuffer from, float[] elements, int start, int length) {
          RowCodec.decode(type, from, elements, start, length);
        }
      };

  private static final float LARGEST_HALF = 65504;

  private RowCodec() {}

  static boolean encodes(GgufTensorType type) {
    return switch (type) {
      case F32, F16, Q8_0 -> true;
      default -> false;
    };
  }

  static boolean decodes(GgufTensorType type) {
    return encodes(type) || type == GgufTensorType.BF16;
  }

  /** The largest magnitude that a type to be written can hold. */
  static float largest(GgufTensorType type) {
    return switch (type) {
      case F16 -> LARGEST_HALF;
      case Q8_0 -> LARGEST_HALF * Q8Block.LARGEST;
      default -> Float.MAX_VALUE;
    };
  }

  /** Appends a row to {@code to}. */
  static void encode(GgufTensorType type, float[] row, ByteBuffer to) {
    switch (type) {
      case F32 -> {
        to.asFloatBuffer().put(row);
        to.position(to.position() + Float.BYTES * row.length);
      }
      case F16 -> {
        for (float element : row) {
          to.putShort(Float.floatToFloat16(element));
        }
      }
      case Q8_0 -> {
        for (int i = 0; i < row.length; i += Q8Block.ELEMENTS) {
          Q8Block.encode(row, i, to);
        }
      }
      default -> throw new IllegalArgumentException(type + " cannot be written");
    }
  }

  /** Takes a row of {@code length} elements from {@code from} into {@code elements}. */
  static void decode(
      GgufTensorType type, ByteBuffer from, float[] elements, int start, int length) {
    switch (type) {
      case F32 -> from.asFloatBuffer().get(elements, start, length);
      case F16 -> {
        for (int i = 0; i < length; i++) {
          elements[start + i] = Float.float16ToFloat(from.getShort());
        }
      }
      case BF16 -> {
        for (int i = 0; i < length; i++) {
          elements[start + i] = Float.intBitsToFloat(from.getShort() << Short.SIZE);
        }
      }
      case Q8_0 -> {
        for (int i = 0; i < length; i += Q8Block.ELEMENTS) {
          Q8Block.decode(from, elements, start + i);
        }
      }
      default -> throw new IllegalArgumentException(type + " cannot be read");
    }
  }
}
