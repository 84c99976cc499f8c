package dev.splitreason.training.model;

import java.util.List;

/** Where the tokens of a batch stand and which of them see each other. */
public sealed interface Positions {

  /** Every row is one text that starts at position 0; a token sees itself and those before it. */
  record Causal() implements Positions {}

  /**
   * Every row holds several examples one after another. Each starts at position 0 and sees only
   * itself; what is left of a row after them is padding, which no example sees.
   *
   * @param lengths of the examples of each row, in tokens
   */
  record Packed(List<int[]> lengths) implements Positions {

    public Packed {
      lengths = List.copyOf(lengths);
    }
  }

  /** One text a row. Padding at the end of a row is seen by no token before it. */
  static Positions causal() {
    return new Causal();
  }

  /** Several texts a row, without attention across them. */
  static Positions packed(List<int[]> lengths) {
    return new Packed(lengths);
  }
}
