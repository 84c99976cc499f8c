package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.checkpoint.Checkpoint;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A LoRA adapter learns beside frozen weights, and merging it changes nothing but the weights. */
class AdapterTest {

  private final PointerScope scope = new PointerScope();
  private final Golden golden = Golden.named("grouped");
  private final Checkpoint checkpoint = golden.checkpoint();
  private final Transformer model = checkpoint.model();

  @AfterEach
  void free() {
    checkpoint.close();
    scope.close();
  }

  private Adapter adapter(boolean trained) {
    Adapter.Shape shape = new Adapter.Shape(3, 6, List.of("q_proj", "down_proj"));
    return trained
        ? Adapter.of(
            model.shape(), shape, (_, extents) -> torch.randn(extents.get(0), extents.get(1)))
        : Adapter.random(model, shape, 1);
  }

  private float[] logits() {
    return Golden.floats(model.logits(model.forward(golden.tokenTensor(), Positions.causal())));
  }

  @Test
  void a_fresh_one_changes_nothing() {
    try (Adapter adapter = adapter(false)) {
      float[] before = logits();
      model.attach(adapter);
      assertThat(logits()).containsExactly(before, within(1e-6f));
    }
  }

  @Test
  void only_it_gets_gradients() {
    try (Adapter adapter = adapter(true)) {
      model.attach(adapter);
      assertThat(model.trainable()).isSameAs(adapter.parameters()).hasSize(8);
      Golden.loss(model, golden.tokenTensor()).backward();
      assertThat(adapter.parameters().values()).allMatch(tensor -> tensor.grad().defined());
      assertThat(model.parameters().values()).noneMatch(tensor -> tensor.grad().defined());
    }
  }

  @Test
  void merged_it_gives_the_same_logits() {
    try (Adapter adapter = adapter(true)) {
      float[] before = logits();
      model.attach(adapter);
      float[] attached = logits();
      model.merge();
      assertThat(logits()).containsExactly(attached, within(1e-3f));
      assertThat(attached).isNotEqualTo(before);
      assertThat(model.parameters().values()).allMatch(Tensor::requires_grad);
    }
  }

  /** With tokens of its own too, one of which is in the text twice. */
  @Test
  void fresh_rows_of_tokens_change_nothing_and_merged_ones_stay() {
    Adapter.Shape shape = new Adapter.Shape(1, 1, List.of("q_proj"), List.of(60, token()));
    try (Adapter fresh = Adapter.random(model, shape, 1);
        Adapter trained =
            Adapter.of(
                model.shape(),
                shape,
                (_, extents) -> torch.randn(extents.get(0), extents.get(1)))) {
      float[] before = logits();
      model.attach(fresh);
      assertThat(logits()).containsExactly(before, within(1e-6f));
      model.merge();
      assertThat(logits()).containsExactly(before, within(1e-6f));

      model.attach(trained);
      float[] attached = logits();
      model.merge();
      assertThat(logits()).containsExactly(attached, within(1e-4f));
      assertThat(attached).isNotEqualTo(before);
    }
  }

  private int token() {
    return golden.tokens()[0][1];
  }

  @Test
  void a_text_that_grows_meets_the_same_rows() {
    Adapter.Shape shape = new Adapter.Shape(1, 1, List.of("q_proj"), List.of(token()));
    int[] text = golden.tokens()[0];
    try (Adapter adapter =
        Adapter.of(
            model.shape(), shape, (_, extents) -> torch.randn(extents.get(0), extents.get(1)))) {
      model.attach(adapter);
      Tensor whole = model.forward(Golden.tensor(new int[][] {text}), Positions.causal());
      try (KeyValueCache cache = model.newCache(1)) {
        Tensor grown = model.forward(cache, new int[] {0}, new int[][] {text});
        assertThat(Golden.floats(grown)).containsExactly(Golden.floats(whole), within(1e-5f));
      }
    }
  }

  @Test
  void wrong_use_is_refused() {
    try (Adapter adapter = adapter(false)) {
      model.attach(adapter);
      assertThatThrownBy(() -> model.attach(adapter)).hasMessageContaining("merge it first");
    }
    assertThatThrownBy(() -> new Adapter.Shape(0, 1, List.of("q_proj")))
        .hasMessage("the rank of an adapter is at least 1, not 0");
    assertThatThrownBy(() -> new Adapter.Shape(1, 1, List.of("lm_head")))
        .hasMessageContaining("not [lm_head]");
    assertThatThrownBy(() -> new Adapter.Shape(1, 1, List.of("q_proj"), List.of(3, 3)))
        .hasMessageContaining("different ids");
    Adapter.Shape beyond = new Adapter.Shape(1, 1, List.of("q_proj"), List.of(61));
    assertThatThrownBy(() -> Adapter.random(model, beyond, 1))
        .hasMessage("the adapter replaces token 61, but the model has 61 tokens");
  }
}
