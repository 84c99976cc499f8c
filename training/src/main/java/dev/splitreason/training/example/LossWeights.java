package dev.splitreason.training.example;

import dev.splitreason.core.error.UserMistake;

/**
 * What of a response is learned. A response's own text counts 1 a token.
 *
 * @param tags what a tag's tokens count: more than 1 stresses when to hand over
 * @param spans what the tokens inside spans count: 0 masks what the large model will write
 */
public record LossWeights(double tags, double spans) {

  /** Every token of the response counts the same. */
  public static final LossWeights EVEN = new LossWeights(1, 1);

  public LossWeights {
    require("tags", tags);
    require("spans", spans);
  }

  private static void require(String name, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new UserMistake("the weight of " + name + " must be 0 or more, not " + weight);
    }
  }
}
