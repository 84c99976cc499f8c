package dev.splitreason.core.gguf;

import java.nio.ByteBuffer;

/** Stores rows in types which are not written here: quantised ones, by their makers' code. */
public interface RowEncoder {

  /** Whether it writes a type. */
  boolean encodes(GgufTensorType type);

  /**
   * Stores a row.
   *
   * @param row whole blocks of the type
   * @param to where its bytes are appended
   */
  void encode(GgufTensorType type, float[] row, ByteBuffer to);
}
