package dev.splitreason.core.gguf;

import org.jspecify.annotations.Nullable;

/** The types of metadata values, in the order of their codes in a file. */
public enum GgufValueType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(0),
  ARRAY(0),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private static final GgufValueType[] BY_CODE = values();

  private final int bytes;

  GgufValueType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of one value in bytes; 0 where it varies. */
  public int bytes() {
    return bytes;
  }

  /** Whether values are whole numbers. */
  public boolean whole() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
    };
  }

  /** Whether values are floating-point numbers. */
  public boolean real() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** Whether a whole number can be written in this type; UINT64 takes any 64 bits. */
  public boolean holds(long value) {
    return switch (this) {
      case UINT8 -> value >= 0 && value <= 0xFF;
      case INT8 -> value == (byte) value;
      case UINT16 -> value >= 0 && value <= 0xFFFF;
      case INT16 -> value == (short) value;
      case UINT32 -> value >= 0 && value <= 0xFFFF_FFFFL;
      case INT32 -> value == (int) value;
      case UINT64, INT64 -> true;
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
    };
  }

  static @Nullable GgufValueType ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  @SuppressWarnings("EnumOrdinal") // the constants stand in the order of the format's codes
  int code() {
    return ordinal();
  }
}
