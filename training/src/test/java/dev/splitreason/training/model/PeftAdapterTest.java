package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.checkpoint.AdapterFolder;
import dev.splitreason.training.checkpoint.Checkpoint;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An adapter that PEFT wrote, LoRA with trainable tokens, computes here what it does there. */
class PeftAdapterTest {

  @ParameterizedTest
  @ValueSource(strings = {"tied", "untied"})
  void logits_and_gradients_are_those_of_peft(String name) {
    Golden golden = Golden.named("adapter-" + name);
    try (PointerScope _ = new PointerScope();
        Checkpoint checkpoint = Golden.named(name).checkpoint();
        Adapter adapter = AdapterFolder.read(golden.folder(), checkpoint.model().shape())) {
      Transformer model = checkpoint.model();
      model.attach(adapter);

      assertThat(adapter.shape().tokens()).isEqualTo(List.of(60, 5));
      Tensor tokens = golden.tokenTensor();
      assertThat(Golden.floats(model.logits(model.forward(tokens, Positions.causal()))))
          .containsExactly(golden.expected("logits"), within(1e-4f));
      Tensor loss = Golden.loss(model, tokens);
      assertThat(loss.item_double())
          .isCloseTo(golden.json().path("loss").doubleValue(), within(1e-4));
      loss.backward();
      adapter
          .parameters()
          .forEach(
              (parameter, tensor) ->
                  assertThat(Golden.floats(tensor.grad()))
                      .as(parameter)
                      .containsExactly(golden.expected("gradient." + parameter), within(1e-4f)));
    }
  }
}
