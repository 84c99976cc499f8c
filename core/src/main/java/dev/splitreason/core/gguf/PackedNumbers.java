package dev.splitreason.core.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.BiFunction;

/** An unmodifiable list over little-endian numbers as they lie in a file. */
final class PackedNumbers<T> extends AbstractList<T> implements RandomAccess {

  private final ByteBuffer bytes;
  private final int width;
  private final BiFunction<ByteBuffer, Integer, T> decode;

  private PackedNumbers(byte[] bytes, int width, BiFunction<ByteBuffer, Integer, T> decode) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.width = width;
    this.decode = decode;
  }

  static PackedNumbers<Long> wholes(GgufValueType type, byte[] bytes) {
    return new PackedNumbers<>(bytes, type.bytes(), (from, at) -> whole(type, from, at));
  }

  static PackedNumbers<Double> reals(GgufValueType type, byte[] bytes) {
    return new PackedNumbers<>(bytes, type.bytes(), (from, at) -> real(type, from, at));
  }

  static PackedNumbers<Boolean> flags(byte[] bytes) {
    return new PackedNumbers<>(bytes, 1, (from, at) -> from.get(at) != 0);
  }

  @Override
  public T get(int index) {
    return decode.apply(bytes, index * width);
  }

  @Override
  public int size() {
    return bytes.capacity() / width;
  }

  static long whole(GgufValueType type, ByteBuffer bytes, int at) {
    return switch (type) {
      case UINT8 -> Byte.toUnsignedLong(bytes.get(at));
      case INT8 -> bytes.get(at);
      case UINT16 -> Short.toUnsignedLong(bytes.getShort(at));
      case INT16 -> bytes.getShort(at);
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
      case INT32 -> bytes.getInt(at);
      case UINT64, INT64 -> bytes.getLong(at);
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY ->
          throw new IllegalArgumentException(type + " is not whole");
    };
  }

  static double real(GgufValueType type, ByteBuffer bytes, int at) {
    return type == GgufValueType.FLOAT32 ? bytes.getFloat(at) : bytes.getDouble(at);
  }
}
