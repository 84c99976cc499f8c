package dev.splitreason.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** The native library under everything here: it loads, computes and differentiates. */
class LibtorchTest {

  @Test
  void it_differentiates() {
    try (PointerScope _ = new PointerScope()) {
      Tensor x = torch.tensor(1.0f, 2.0f, 3.0f).requires_grad_(true);
      x.mul(x).sum().backward();
      assertThat(x.grad().data_ptr_float().get(2)).isEqualTo(6.0f);
    }
  }
}
