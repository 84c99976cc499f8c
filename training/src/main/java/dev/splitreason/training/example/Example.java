package dev.splitreason.training.example;

import java.util.Arrays;

/**
 * One text to learn from.
 *
 * @param tokens its ids, at least two. Not to be modified
 * @param weights how much the prediction of each token counts in the loss, 0 for not at all; the
 *     first token is predicted from nothing, so its weight is 0. Not to be modified
 */
public record Example(int[] tokens, float[] weights) {

  public Example {
    if (tokens.length < 2 || tokens.length != weights.length || weights[0] != 0) {
      throw new IllegalArgumentException(
          "an example has two tokens or more, a weight for each, and 0 for the first");
    }
  }

  /** The number of tokens. */
  public int length() {
    return tokens.length;
  }

  /** The sum of the weights. */
  public double weight() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** The first tokens of this example. */
  Example cut(int length) {
    return new Example(Arrays.copyOf(tokens, length), Arrays.copyOf(weights, length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Example example
        && Arrays.equals(tokens, example.tokens)
        && Arrays.equals(weights, example.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return "Example of " + tokens.length + " tokens, of which " + weight() + " are learned";
  }
}
