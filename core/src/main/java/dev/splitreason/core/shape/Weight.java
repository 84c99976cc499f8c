package dev.splitreason.core.shape;

import java.util.Arrays;
import java.util.List;

/**
 * A parameter of a model.
 *
 * @param ggufName its name in GGUF files
 * @param extents of a matrix outputs and inputs, as PyTorch has them: ggml has them the other way
 *     round; of a vector its length
 */
public record Weight(String ggufName, List<Long> extents) {

  public Weight {
    extents = List.copyOf(extents);
  }

  static Weight of(String ggufName, long... extents) {
    return new Weight(ggufName, Arrays.stream(extents).boxed().toList());
  }

  /** How many numbers it is. */
  public long count() {
    return extents.stream().reduce(1L, Math::multiplyExact);
  }
}
