package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.tensor.MixedPrecision;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** BF16 computes nearly the same, and the parameters stay in F32. */
class MixedPrecisionTest {

  @Test
  void losses_and_gradients_are_near() {
    Golden golden = Golden.named("tied");
    try (PointerScope _ = new PointerScope();
        Checkpoint checkpoint = golden.checkpoint()) {
      Transformer model = checkpoint.model();
      Tensor loss;
      try (MixedPrecision _ = MixedPrecision.bfloat16(DeviceType.CPU)) {
        Tensor logits = model.logits(model.forward(golden.tokenTensor(), Positions.causal()));
        assertThat(logits.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
        loss = Golden.loss(model, golden.tokenTensor());
      }
      loss.backward();
      assertThat(loss.toType(ScalarType.Float).item_float())
          .isCloseTo(golden.json().path("loss").floatValue(), within(0.05f));
      assertThat(model.parameters().values())
          .allMatch(tensor -> tensor.grad().scalar_type().intern() == ScalarType.Float);
      assertThat(MixedPrecision.isOn(DeviceType.CPU)).isFalse();
    }
  }
}
