package dev.splitreason.training.loop;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.tensor.BoxedCall;
import dev.splitreason.training.tensor.MixedPrecision;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** The numbers that matrix products and attention are computed in; weights and sums stay in F32. */
public enum Precision {
  F32,
  /** Half the activations, and faster where the hardware has such numbers. */
  BF16;

  /** Work that computes. */
  @FunctionalInterface
  interface Computation {
    double run();
  }

  /**
   * Makes sure that a model can be trained so.
   *
   * @throws UserMistake if this hardware has no such numbers
   */
  public void requireHardware(Transformer model) {
    if (this == BF16 && device(model) == DeviceType.CPU && !cpuHasBf16()) {
      throw new UserMistake(
          "precision is bf16, which this machine's processor does not have",
          "set precision to f32");
    }
  }

  /** Runs a forward and backward pass of a model in this precision, on the calling thread. */
  double compute(Transformer model, Computation computation) {
    if (this == F32) {
      return computation.run();
    }
    try (MixedPrecision _ = MixedPrecision.bfloat16(device(model))) {
      return computation.run();
    }
  }

  private static DeviceType device(Transformer model) {
    try (PointerScope _ = new PointerScope()) {
      Tensor parameter = model.parameters().firstEntry().getValue();
      return parameter.device().type();
    }
  }

  /** As oneDNN, which computes such products, has it. */
  private static boolean cpuHasBf16() {
    try (PointerScope _ = new PointerScope()) {
      return BoxedCall.of("mkldnn::_is_mkldnn_bf16_supported", "").call().back().toBool();
    } catch (RuntimeException e) {
      return false; // built without oneDNN
    }
  }
}
