package dev.splitreason.training.optimize;

import dev.splitreason.training.tensor.BoxedCall;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The Euclidean norm of all gradients together. */
final class GradientNorm {

  private GradientNorm() {}

  /** The norm over these gradients as one long vector; 0 for none. */
  static double of(List<Tensor> gradients) {
    if (gradients.isEmpty()) {
      return 0;
    }
    TensorVector norms =
        BoxedCall.of("aten::_foreach_norm", "Scalar")
            .tensors(gradients)
            .number(2)
            .none()
            .call()
            .back()
            .toTensorVector();
    return torch.norm(torch.stack(norms)).item_double();
  }
}
