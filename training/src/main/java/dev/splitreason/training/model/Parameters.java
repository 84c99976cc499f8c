package dev.splitreason.training.model;

import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.Lifetime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;

/** Named tensors that learn. */
final class Parameters {

  private Parameters() {}

  /** Asks for the weights of every name and shape; the results belong to the scope around. */
  static SequencedMap<String, Tensor> of(
      SequencedMap<String, List<Long>> shapes, BiFunction<String, List<Long>, Tensor> weights) {
    try (GradientMode _ = GradientMode.off()) {
      SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
      shapes.forEach(
          (name, shape) -> {
            Tensor value = Lifetime.ofResult(() -> weights.apply(name, shape));
            value.requires_grad_(true);
            parameters.put(name, value);
          });
      return parameters;
    }
  }

  static long[] extents(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
