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
 * @param change learned beside a frozen weight, or null
 */
record Linear(Tensor weight, TensorOptional bias, @Nullable LowRank change) {

  static Linear of(Tensor weight, @Nullable Tensor bias, @Nullable LowRank change) {
    return new Linear(
        weight, bias == null ? new TensorOptional() : new TensorOptional(bias), change);
  }

  Tensor apply(Tensor x) {
    Tensor output = torch.linear(x, weight, bias);
    return change == null ? output : change.addTo(output, x);
  }
}
