package dev.splitreason.training.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Java's numbers as tensors, on the device of the tensors that they will meet. */
public final class PlacedNumbers {

  static {
    Libtorch.load();
  }

  private PlacedNumbers() {}

  /** Int64 [numbers], on the device of {@code like}. */
  public static Tensor of(long[] numbers, Tensor like) {
    return beside(like, torch.tensor(numbers));
  }

  /** F32 [numbers], on the device of {@code like}. */
  public static Tensor of(float[] numbers, Tensor like) {
    return beside(like, torch.tensor(numbers));
  }

  private static Tensor beside(Tensor like, Tensor made) {
    return like.is_cpu() ? made : made.to(like.device(), made.scalar_type());
  }
}
