package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.checkpoint.Checkpoint;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The model computes and learns as transformers does. */
class GoldenTest {

  @ParameterizedTest
  @ValueSource(strings = {"tied", "untied", "grouped", "qwen3", "llama", "smollm"})
  void logits_agree(String name) {
    Golden golden = Golden.named(name);
    try (PointerScope _ = new PointerScope();
        Checkpoint checkpoint = golden.checkpoint()) {
      Transformer model = checkpoint.model();
      Tensor logits = model.logits(model.forward(golden.tokenTensor(), Positions.causal()));
      assertThat(Golden.floats(logits)).containsExactly(golden.expected("logits"), within(1e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tied", "untied", "grouped", "qwen3", "llama", "smollm"})
  void gradients_agree(String name) {
    Golden golden = Golden.named(name);
    try (PointerScope _ = new PointerScope();
        Checkpoint checkpoint = golden.checkpoint()) {
      Tensor loss = Golden.loss(checkpoint.model(), golden.tokenTensor());
      loss.backward();
      assertThat(loss.item_float())
          .isCloseTo(golden.json().path("loss").floatValue(), within(1e-5f));
      for (Map.Entry<String, Tensor> parameter : checkpoint.model().parameters().entrySet()) {
        float[] expected = golden.expected("gradient." + parameter.getKey());
        assertThat(Golden.floats(parameter.getValue().grad()))
            .as(parameter.getKey())
            .containsExactly(expected, relative(expected));
      }
    }
  }

  /** A thousandth of the gradient's root mean square. */
  private static Offset<Float> relative(float[] expected) {
    double squares = 0;
    for (float element : expected) {
      squares += element * element;
    }
    // The keys' bias has no gradient but rounding errors: it shifts all scores of a query alike.
    return within((float) Math.max(1e-3 * Math.sqrt(squares / expected.length), 1e-7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tied", "untied", "grouped", "qwen3", "llama", "smollm"})
  void losses_of_adamw_steps_agree(String name) {
    Golden golden = Golden.named(name);
    try (PointerScope _ = new PointerScope();
        Checkpoint checkpoint = golden.checkpoint()) {
      AdamW optimizer = adamW(checkpoint.model(), golden.json().path("adamw"));
      for (JsonNode expected : golden.json().path("losses")) {
        optimizer.zero_grad();
        Tensor loss = Golden.loss(checkpoint.model(), golden.tokenTensor());
        loss.backward();
        optimizer.step();
        assertThat(loss.item_float()).isCloseTo(expected.floatValue(), within(1e-4f));
      }
    }
  }

  private static AdamW adamW(Transformer model, JsonNode settings) {
    AdamWOptions options = new AdamWOptions(settings.path("lr").doubleValue());
    // A C++ tuple: some compilers lay it out last element first, as the defaults 0.9, 0.999 show.
    int first = options.betas().get(0) < options.betas().get(1) ? 0 : 1;
    options.betas().put(first, settings.path("betas").get(0).doubleValue());
    options.betas().put(1 - first, settings.path("betas").get(1).doubleValue());
    options.eps().put(settings.path("eps").doubleValue());
    options.weight_decay().put(settings.path("weight_decay").doubleValue());
    return new AdamW(new TensorVector(model.parameters().values().toArray(new Tensor[0])), options);
  }
}
