package dev.splitreason.training.optimize;

import dev.splitreason.training.tensor.BoxedCall;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Libtorch's fused AdamW kernel: one call steps a whole group of parameters in one pass. */
final class FusedAdamW {

  private FusedAdamW() {}

  /**
   * The numbers of one step.
   *
   * @param clip what every gradient is multiplied with first
   */
  record Rule(double rate, double beta1, double beta2, double decay, double epsilon, double clip) {}

  /** No step yet, as {@link #step} takes it: where the parameters are, if there are any. */
  static Tensor count(List<Tensor> parameters) {
    Tensor none = torch.zeros(1);
    return parameters.isEmpty()
        ? none
        : none.to(parameters.getFirst().device(), torch.ScalarType.Float);
  }

  /**
   * Steps a group in place. The lists are parallel.
   *
   * @param count how many steps there have been, with this one; of one element, F32
   */
  static void step(
      List<Tensor> parameters,
      List<Tensor> gradients,
      List<Tensor> means,
      List<Tensor> squares,
      Tensor count,
      Rule rule) {
    BoxedCall call =
        BoxedCall.of("aten::_fused_adamw_", "")
            .tensors(parameters)
            .tensors(gradients)
            .tensors(means)
            .tensors(squares)
            .tensors(List.of())
            .tensors(Collections.nCopies(parameters.size(), count))
            .number(rule.rate())
            .number(rule.beta1())
            .number(rule.beta2())
            .number(rule.decay())
            .number(rule.epsilon())
            .flag(false)
            .flag(false);
    // The kernel divides gradients by a scale, which is how mixed precision calls it.
    if (rule.clip() == 1) {
      call.none();
    } else {
      call.tensor(
          torch.tensor((float) (1 / rule.clip())).to(count.device(), torch.ScalarType.Float));
    }
    call.none().call();
  }
}
