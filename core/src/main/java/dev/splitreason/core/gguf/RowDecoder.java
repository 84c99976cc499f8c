package dev.splitreason.core.gguf;

import java.nio.ByteBuffer;

/**
 * Reads rows that are stored in types which are not read here: quantised ones, by their makers'
 * code.
 */
public interface RowDecoder {

  /** Whether it reads a type. */
  boolean decodes(GgufTensorType type);

  /**
   * Reads a row.
   *
   * @param from a direct buffer that holds exactly the row's bytes
   * @param elements where it goes, from {@code start} on
   * @param length of the row, in elements
   */
  void decode(GgufTensorType type, ByteBuffer from, float[] elements, int start, int length);
}
