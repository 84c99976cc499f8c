package dev.splitreason.training.loop;

import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.model.Adapter;
import dev.splitreason.training.model.Transformer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A second view of a model's weights with gradients of its own, so that another thread can learn
 * from other data at the same time.
 */
final class Replica implements AutoCloseable {

  private final Transformer view;
  private final @Nullable Adapter adapter;
  private final List<Tensor> of;

  Replica(Transformer model) {
    view = Transformer.of(model.shape(), (name, _) -> shared(model.parameters(), name));
    adapter = model.adapter() == null ? null : shared(model.shape(), model.adapter());
    if (adapter != null) {
      view.attach(adapter);
    }
    view.recomputeLayers(model.recomputesLayers());
    of = List.copyOf(model.trainable().values());
  }

  private static Adapter shared(ModelShape config, Adapter adapter) {
    return Adapter.of(config, adapter.shape(), (name, _) -> shared(adapter.parameters(), name));
  }

  private static Tensor shared(Map<String, Tensor> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name)).detach();
  }

  Transformer model() {
    return view;
  }

  /** Moves the gradients over to the model's own. */
  void handOver() {
    int i = 0;
    for (Tensor parameter : view.trainable().values()) {
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
    if (adapter != null) {
      adapter.close();
    }
  }
}
