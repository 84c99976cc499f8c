package dev.splitreason.training.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A linear map of the last dimension: {@code x · weightᵀ + bias}.
 *
 * @param weight [outputs, inputs]
 * @param bias [outputs], or an empty option
 */
record Linear(Tensor weight, TensorOptional bias) {

  static Linear of(Tensor weight, @Nullable Tensor bias) {
    return new Linear(weight, bias == null ? new TensorOptional() : new TensorOptional(bias));
  }

  Tensor apply(Tensor x) {
    return torch.linear(x, weight, bias);
  }
}
