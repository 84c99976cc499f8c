package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.checkpoint.Checkpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Running layers again gives the same gradients as keeping what they computed. */
class RecomputationTest {

  private final Golden golden = Golden.named("tied");

  @Test
  void gradients_are_the_same() {
    try (Checkpoint checkpoint = golden.checkpoint()) {
      Map<String, float[]> kept = gradients(checkpoint.model());
      checkpoint.model().recomputeLayers(true);
      Map<String, float[]> recomputed = gradients(checkpoint.model());
      kept.forEach(
          (name, expected) ->
              assertThat(recomputed.get(name)).as(name).containsExactly(expected, within(1e-6f)));
    }
  }

  @Test
  void an_adapter_beside_frozen_weights_learns_too() {
    try (Checkpoint checkpoint = golden.checkpoint();
        Adapter adapter =
            Adapter.random(
                checkpoint.model(),
                new Adapter.Shape(2, 4, Adapter.Shape.ALL_TARGETS, List.of(12, 3)),
                5)) {
      checkpoint.model().attach(adapter);
      Map<String, float[]> kept = gradients(checkpoint.model());
      checkpoint.model().recomputeLayers(true);
      Map<String, float[]> recomputed = gradients(checkpoint.model());
      kept.forEach(
          (name, expected) ->
              assertThat(recomputed.get(name)).as(name).containsExactly(expected, within(1e-6f)));
    }
  }

  @Test
  void it_needs_a_scope() {
    try (Checkpoint checkpoint = golden.checkpoint()) {
      checkpoint.model().recomputeLayers(true);
      Tensor tokens = golden.tokenTensor();
      assertThatThrownBy(() -> checkpoint.model().forward(tokens, Positions.causal()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("recomputing layers needs an open PointerScope");
    }
  }

  private Map<String, float[]> gradients(Transformer model) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (PointerScope _ = new PointerScope()) {
      Golden.loss(model, golden.tokenTensor()).backward();
      model
          .trainable()
          .forEach(
              (name, parameter) -> {
                gradients.put(name, Golden.floats(parameter.grad()));
                parameter.mutable_grad().zero_();
              });
    }
    assertThat(gradients.values()).anySatisfy(values -> assertThat(values).doesNotContain(0f));
    return gradients;
  }
}
