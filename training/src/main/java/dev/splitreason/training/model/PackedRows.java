package dev.splitreason.training.model;

import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Packed rows as tensors.
 *
 * @param positions int64 [rows, length]: counted from the start of each example
 * @param visible bool [rows, 1, length, length]: whether a query (third) sees a key (last)
 */
record PackedRows(Tensor positions, Tensor visible) {

  static PackedRows of(Positions.Packed packed, int length, Tensor like) {
    List<int[]> lengths = packed.lengths();
    long[] positions = new long[lengths.size() * length];
    long[] examples = new long[positions.length];
    for (int row = 0; row < lengths.size(); row++) {
      fill(lengths.get(row), row * length, length, positions, examples);
    }
    long rows = lengths.size();
    Tensor example = PlacedNumbers.of(examples, like).view(rows, 1, length, 1);
    Tensor same = example.eq(example.transpose(2, 3));
    return new PackedRows(PlacedNumbers.of(positions, like).view(rows, length), same.tril_());
  }

  /** What is left over becomes an example of its own: a query that sees nothing gives NaN. */
  private static void fill(
      int[] lengths, int start, int length, long[] positions, long[] examples) {
    int at = 0;
    for (int example = 0; example <= lengths.length; example++) {
      int end = example < lengths.length ? at + lengths[example] : length;
      if (end > length || end < at) {
        throw new IllegalArgumentException(
            "examples of %s tokens do not fit into a row of %d"
                .formatted(Arrays.toString(lengths), length));
      }
      for (int position = 0; at < end; at++, position++) {
        positions[start + at] = position;
        examples[start + at] = example;
      }
    }
  }
}
