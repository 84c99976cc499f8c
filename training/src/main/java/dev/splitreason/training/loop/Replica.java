package dev.splitreason.training.loop;

import dev.splitreason.training.model.Qwen2;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/**
 * A second view of a model's weights with gradients of its own, so that another thread can learn
 * from other data at the same time.
 */
final class Replica implements AutoCloseable {

  private final Qwen2 view;
  private final List<Tensor> of;

  Replica(Qwen2 model) {
    view =
        Qwen2.of(
            model.config(),
            (name, _) -> Objects.requireNonNull(model.parameters().get(name)).detach());
    view.recomputeLayers(model.recomputesLayers());
    of = List.copyOf(model.parameters().values());
  }

  Qwen2 model() {
    return view;
  }

  /** Moves the gradients over to the model's own. */
  void handOver() {
    int i = 0;
    for (Tensor parameter : view.parameters().values()) {
      Tensor gradient = parameter.grad();
      Tensor target = of.get(i++);
      if (gradient.defined()) {
        if (target.grad().defined()) {
          target.grad().add_(gradient);
        } else {
          target.mutable_grad().put(gradient);
        }
        parameter.mutable_grad().reset();
      }
    }
  }

  @Override
  public void close() {
    view.close();
  }
}
