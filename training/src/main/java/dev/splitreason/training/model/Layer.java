package dev.splitreason.training.model;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** One transformer layer: attention and feed-forward, each normalised before and added after. */
record Layer(RmsNorm inputNorm, Attention attention, RmsNorm innerNorm, FeedForward feedForward) {

  Tensor apply(Tensor x, Rotary rotary, Attention.Mask mask, KeyValueCache.@Nullable Layer cache) {
    Tensor attended = x.add(attention.apply(inputNorm.apply(x), rotary, mask, cache));
    return attended.add(feedForward.apply(innerNorm.apply(attended)));
  }
}
