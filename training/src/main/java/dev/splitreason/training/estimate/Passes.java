package dev.splitreason.training.estimate;

import dev.splitreason.training.loop.Precision;

/**
 * What goes through a model together while it learns.
 *
 * @param rows how many
 * @param length of each, in tokens
 * @param packed whether rows hold several examples, which takes a mask
 * @param logits how many are computed at once, at most
 * @param precision of the products
 * @param recompute whether only one layer at a time keeps what the backward pass needs
 */
public record Passes(
    long rows, long length, boolean packed, long logits, Precision precision, boolean recompute) {

  long tokens() {
    return rows * length;
  }
}
