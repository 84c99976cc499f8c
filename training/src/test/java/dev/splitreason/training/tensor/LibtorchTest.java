package dev.splitreason.training.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class LibtorchTest {

  /** Else training larger than Java's heap sleeps 100 ms in every step. */
  @Test
  void aProcessMayBeAsLargeAsTheSystemLetsIt() {
    Libtorch.load();

    assertThat(Pointer.maxPhysicalBytes()).isZero();
  }
}
