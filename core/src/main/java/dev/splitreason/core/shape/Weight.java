package dev.splitreason.core.shape;

import java.util.Arrays;
import java.util.List;

/**
 * A parameter of a model.
 *
 * @param ggufName its name in GGUF files
 * @param extents of a matrix outputs and inputs, as PyTorch has them: ggml has them the other way
 *     round; of a vector its length
 * @param pairs of rows in a head, whose two rows are neighbours in GGUF files and {@code pairs}
 *     rows apart in Hugging Face's; 1 where both have the same order
 */
public record Weight(String ggufName, List<Long> extents, int pairs) {

  public Weight {
    extents = List.copyOf(extents);
  }

  static Weight of(String ggufName, long... extents) {
    return new Weight(ggufName, Arrays.stream(extents).boxed().toList(), 1);
  }

  /** How many numbers it is. */
  public long count() {
    return extents.stream().reduce(1L, Math::multiplyExact);
  }

  /** The row of Hugging Face's matrix that is this row of a GGUF file's. */
  public long row(long ggufRow) {
    long head = ggufRow - ggufRow % (2L * pairs);
    long inHead = ggufRow - head;
    return head + inHead % 2 * pairs + inHead / 2;
  }
}
