package dev.splitreason.core.gguf;

import java.util.List;

/**
 * Where a tensor lies in a file and how it is stored.
 *
 * @param name e.g. {@code blk.0.attn_q.weight}
 * @param shape ggml's order, the length of a row first: a matrix that maps 896 inputs to 128
 *     outputs is [896, 128]
 * @param type how its elements are stored
 * @param offset of its first byte in the file's data section ({@link GgufFile#dataOffset})
 */
public record GgufTensor(String name, List<Long> shape, GgufTensorType type, long offset) {

  public GgufTensor {
    shape = List.copyOf(shape);
  }

  /** The length of a row. */
  public long rowLength() {
    return shape.isEmpty() ? 1 : shape.getFirst();
  }

  /**
   * The number of elements.
   *
   * @throws ArithmeticException if that is more than a {@code long} holds
   */
  public long elements() {
    long elements = 1;
    for (long extent : shape) {
      elements = Math.multiplyExact(elements, extent);
    }
    return elements;
  }

  /**
   * The size in bytes.
   *
   * @throws ArithmeticException if that is more than a {@code long} holds
   */
  public long bytes() {
    return type.bytes(elements());
  }
}
