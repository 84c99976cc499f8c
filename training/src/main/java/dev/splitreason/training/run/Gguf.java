package dev.splitreason.training.run;

import dev.splitreason.core.gguf.GgufTensorType;
import org.jspecify.annotations.Nullable;

/** The GGUF file that a run leaves for llama.cpp, beside its Hugging Face folder. */
public enum Gguf {
  NONE(null),
  F32(GgufTensorType.F32),
  F16(GgufTensorType.F16),
  Q8_0(GgufTensorType.Q8_0);

  private final @Nullable GgufTensorType type;

  Gguf(@Nullable GgufTensorType type) {
    this.type = type;
  }

  /** The type of its matrices, or null for no file. */
  @Nullable GgufTensorType type() {
    return type;
  }
}
