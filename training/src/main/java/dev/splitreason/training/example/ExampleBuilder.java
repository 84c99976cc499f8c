package dev.splitreason.training.example;

import java.util.Arrays;

/** Puts an example together from runs of tokens of one weight each. */
public final class ExampleBuilder {

  private int[] tokens = new int[256];
  private float[] weights = new float[256];
  private int length;

  /** Adds tokens; the very first of an example counts nothing, whatever its weight. */
  public ExampleBuilder add(int[] more, float weight) {
    for (int token : more) {
      add(token, weight);
    }
    return this;
  }

  /** Adds a token. */
  public ExampleBuilder add(int token, float weight) {
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * length);
      weights = Arrays.copyOf(weights, 2 * length);
    }
    tokens[length] = token;
    weights[length] = length == 0 ? 0 : weight;
    length++;
    return this;
  }

  /** The example. */
  public Example build() {
    return new Example(Arrays.copyOf(tokens, length), Arrays.copyOf(weights, length));
  }
}
