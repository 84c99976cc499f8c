package dev.splitreason.training.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** The lifetime of tensors inside nested {@link PointerScope}s. */
public final class Lifetime {

  static {
    Libtorch.load();
  }

  private Lifetime() {}

  /**
   * Runs {@code body} in a scope of its own and hands its result to the scope around it: what else
   * {@code body} made is freed at once, unless the autograd graph still needs it.
   */
  public static Tensor ofResult(Supplier<Tensor> body) {
    Tensor result;
    try (PointerScope _ = new PointerScope()) {
      result = body.get();
      result.retainReference();
    }
    PointerScope outer = PointerScope.getInnerScope();
    if (outer != null) {
      outer.attach(result);
      result.releaseReference();
    }
    return result;
  }
}
