package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.checkpoint.Checkpoint;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Packing examples into rows changes nothing about them. */
class PositionsTest {

  private final PointerScope scope = new PointerScope();
  private final Checkpoint checkpoint = Golden.named("untied").checkpoint();
  private final Transformer model = checkpoint.model();

  @AfterEach
  void free() {
    checkpoint.close();
    scope.close();
  }

  @Test
  void packed_examples_do_not_see_each_other() {
    int[][] packed = {{5, 6, 7, 8, 9, 10, 0, 0}, {9, 8, 7, 6, 5, 4, 3, 2}};
    Tensor hidden =
        model.forward(
            Golden.tensor(packed), Positions.packed(List.of(new int[] {2, 4}, new int[] {8})));
    assertThat(Golden.floats(hidden.select(0, 0).narrow(0, 0, 2)))
        .containsExactly(alone(5, 6), within(1e-5f));
    assertThat(Golden.floats(hidden.select(0, 0).narrow(0, 2, 4)))
        .containsExactly(alone(7, 8, 9, 10), within(1e-5f));
    assertThat(Golden.floats(hidden.select(0, 1))).containsExactly(alone(packed[1]), within(1e-5f));
  }

  @Test
  void padding_is_finite() {
    Tensor hidden =
        model.forward(
            Golden.tensor(new int[][] {{5, 0, 0}}), Positions.packed(List.of(new int[] {1})));
    assertThat(hidden.isfinite().all().item_bool()).isTrue();
  }

  @Test
  void examples_longer_than_the_row_are_refused() {
    Tensor tokens = Golden.tensor(new int[][] {{5, 0, 0}});
    assertThatThrownBy(() -> model.forward(tokens, Positions.packed(List.of(new int[] {2, 2}))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("examples of [2, 2] tokens do not fit into a row of 3");
  }

  private float[] alone(int... tokens) {
    return Golden.floats(model.forward(Golden.tensor(new int[][] {tokens}), Positions.causal()));
  }
}
