package dev.splitreason.training.model;

import org.bytedeco.pytorch.Tensor;

/**
 * Rotary position embedding (arXiv 2104.09864) in Hugging Face's layout: element i of a head turns
 * together with element i + headSize / 2.
 *
 * @param cosine [rows or 1, length, 1, headSize]
 * @param sine the same shape, the first half negated
 */
record Rotary(Tensor cosine, Tensor sine) {

  /** Turns heads {@code [rows, length, heads, headSize]}. */
  Tensor apply(Tensor heads) {
    Tensor swapped = heads.roll(new long[] {heads.size(3) / 2}, -1);
    return heads.mul(cosine).addcmul(swapped, sine);
  }
}
