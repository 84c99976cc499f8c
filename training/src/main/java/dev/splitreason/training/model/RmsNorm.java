package dev.splitreason.training.model;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Root-mean-square normalisation of the last dimension (arXiv 1910.07467). */
record RmsNorm(TensorOptional weight, long[] width, DoubleOptional epsilon) {

  static RmsNorm of(Tensor weight, double epsilon) {
    return new RmsNorm(
        new TensorOptional(weight), new long[] {weight.size(0)}, new DoubleOptional(epsilon));
  }

  Tensor apply(Tensor x) {
    return torch.rms_norm(x, width, weight, epsilon);
  }
}
