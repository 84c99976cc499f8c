package dev.splitreason.training.model;

import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.Lifetime;
import dev.splitreason.training.tensor.MixedPrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Gradient checkpointing (arXiv 1604.06174): only the input of every layer is kept, and each layer
 * runs once more when its gradient is due.
 *
 * <p>JavaCPP has no way to define an autograd function, so the layers run unrecorded and a hook on
 * what comes out of them does their backward pass, layer by layer, inside the one that the caller
 * started. For the caller {@code backward()} is as ever; it must be called before the {@link
 * PointerScope} of the forward pass closes, and only once.
 */
final class Recomputation extends VoidTensorHook {

  private final Tensor start;
  private final List<UnaryOperator<Tensor>> layers;
  private final List<Tensor> inputs;
  private final DeviceType device;
  private final boolean mixedPrecision;

  private Recomputation(Tensor start, List<UnaryOperator<Tensor>> layers, List<Tensor> inputs) {
    this.start = start;
    this.layers = layers;
    this.inputs = inputs;
    this.device = start.device().type();
    this.mixedPrecision = MixedPrecision.isOn(device);
  }

  /**
   * Runs layers one after another.
   *
   * @throws IllegalStateException outside of a scope: nothing would keep the inputs until they are
   *     needed
   */
  static Tensor through(List<UnaryOperator<Tensor>> layers, Tensor start) {
    if (PointerScope.getInnerScope() == null) {
      throw new IllegalStateException("recomputing layers needs an open PointerScope");
    }
    List<Tensor> inputs = new ArrayList<>();
    Tensor x = start.detach();
    try (GradientMode _ = GradientMode.off()) {
      for (UnaryOperator<Tensor> layer : layers) {
        Tensor input = x;
        inputs.add(input);
        x = Lifetime.ofResult(() -> layer.apply(input));
      }
    }
    Tensor result = x.detach();
    result.requires_grad_(true);
    result.register_hook(new Recomputation(start, layers, inputs));
    return result;
  }

  /** The backward pass, from the gradient of the result. */
  @Override
  public void call(TensorBase gradientOfResult) {
    try (PointerScope _ = new PointerScope();
        GradientMode _ = GradientMode.on();
        MixedPrecision _ = mixedPrecision ? MixedPrecision.bfloat16(device) : null) {
      Tensor gradient = new Tensor(gradientOfResult);
      for (int i = layers.size() - 1; i >= 0; i--) {
        UnaryOperator<Tensor> layer = layers.get(i);
        Tensor input = inputs.get(i);
        Tensor due = gradient;
        gradient = Lifetime.ofResult(() -> backward(layer, input, due));
      }
      if (start.requires_grad()) {
        backward(start, gradient);
      }
    }
  }

  private static Tensor backward(UnaryOperator<Tensor> layer, Tensor input, Tensor gradient) {
    Tensor again = input.detach();
    again.requires_grad_(true);
    backward(layer.apply(again), gradient);
    return new Tensor(again.grad()); // grad() points into its tensor, which goes now
  }

  private static void backward(Tensor output, Tensor gradient) {
    output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
  }
}
