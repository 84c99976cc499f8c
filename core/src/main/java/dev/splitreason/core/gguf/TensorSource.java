package dev.splitreason.core.gguf;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor to be written, told row by row, so that its weights need never be in memory at once.
 *
 * @param shape ggml's order, the length of a row first
 * @param type one of F32, F16, Q8_0, or one that the encoder writes
 * @param rows gives the elements
 * @param encoder writes the rows; null to have that done here
 */
public record TensorSource(
    String name, List<Long> shape, GgufTensorType type, Rows rows, @Nullable RowEncoder encoder) {

  /** Gives the rows of a tensor. */
  @FunctionalInterface
  public interface Rows {

    /** Fills {@code row} with the row of this index; called once for each, in order. */
    void read(long index, float[] row);
  }

  /**
   * Checks that llama.cpp could load such a tensor.
   *
   * @throws IllegalArgumentException if not, or if it cannot be written in this type
   */
  public TensorSource {
    shape = List.copyOf(shape);
    if (name.isEmpty() || name.length() > 63) {
      throw new IllegalArgumentException(
          "tensor names have 1 to 63 characters, not '" + name + "'");
    }
    if (encoder == null ? !RowCodec.encodes(type) : !encoder.encodes(type)) {
      throw new IllegalArgumentException("tensor '" + name + "' cannot be written as " + type);
    }
    if (shape.isEmpty() || shape.size() > 4 || shape.stream().anyMatch(extent -> extent < 1)) {
      throw new IllegalArgumentException("tensor '" + name + "' cannot have the shape " + shape);
    }
    if (shape.getFirst() % type.blockElements() != 0) {
      throw new IllegalArgumentException(
          "tensor '%s' has rows of %d elements, %s needs a multiple of %d"
              .formatted(name, shape.getFirst(), type, type.blockElements()));
    }
  }

  /** A tensor that is written here. */
  public TensorSource(String name, List<Long> shape, GgufTensorType type, Rows rows) {
    this(name, shape, type, rows, null);
  }

  /**
   * A tensor whose elements are in memory, row after row.
   *
   * @throws IllegalArgumentException if there are not as many as the shape says
   */
  public static TensorSource of(
      String name, List<Long> shape, GgufTensorType type, float[] elements) {
    TensorSource source =
        new TensorSource(
            name,
            shape,
            type,
            (index, row) ->
                System.arraycopy(
                    elements, Math.toIntExact(index * row.length), row, 0, row.length));
    if (source.at(0).elements() != elements.length) {
      throw new IllegalArgumentException(
          "tensor '"
              + name
              + "' of shape "
              + shape
              + " cannot have "
              + elements.length
              + " elements");
    }
    return source;
  }

  /** The place of this tensor in a file. */
  GgufTensor at(long offset) {
    return new GgufTensor(name, shape, type, offset);
  }

  float[] newRow() {
    return new float[Math.toIntExact(Objects.requireNonNull(shape.getFirst()))];
  }
}
