package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.tensor.MixedPrecision;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps leave no native memory behind. */
class NativeMemoryTest {

  private static final int TOKENS = 128;

  private final Checkpoint checkpoint = Golden.named("untied").checkpoint();
  private final Transformer model = checkpoint.model();

  enum Step {
    KEPT,
    RECOMPUTED,
    MIXED_PRECISION,
    CACHED
  }

  @AfterEach
  void free() {
    checkpoint.close();
  }

  /** A step's activations are some 200 kB: 60 of them left behind show. */
  @ParameterizedTest
  @EnumSource
  void memory_does_not_grow(Step step) {
    for (int i = 0; i < 15; i++) {
      run(step);
    }
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 60; i++) {
      run(step);
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(8L << 20);
  }

  private void run(Step step) {
    model.recomputeLayers(step == Step.RECOMPUTED);
    try (PointerScope _ = new PointerScope()) {
      switch (step) {
        case KEPT, RECOMPUTED -> learn();
        case MIXED_PRECISION -> {
          try (MixedPrecision _ = MixedPrecision.bfloat16(DeviceType.CPU)) {
            learn();
          }
        }
        case CACHED -> {
          try (KeyValueCache cache = model.newCache(4)) {
            model.forward(cache, new int[] {3, 1}, new int[2][TOKENS / 4]);
            cache.copy(3, 2);
          }
        }
      }
    }
  }

  private void learn() {
    Tensor tokens = Golden.tensor(new int[2][TOKENS / 2]);
    Golden.loss(model, tokens).backward();
    model.parameters().values().forEach(parameter -> parameter.mutable_grad().zero_());
  }
}
