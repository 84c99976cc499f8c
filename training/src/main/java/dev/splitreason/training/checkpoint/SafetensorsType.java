package dev.splitreason.training.checkpoint;

import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** How a safetensors file stores elements: the floating-point types that models are stored in. */
public enum SafetensorsType {
  F32(ScalarType.Float, 4),
  F16(ScalarType.Half, 2),
  BF16(ScalarType.BFloat16, 2);

  private final ScalarType scalar;
  private final int bytes;

  SafetensorsType(ScalarType scalar, int bytes) {
    this.scalar = scalar;
    this.bytes = bytes;
  }

  /** The size of an element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The same type in libtorch. */
  public ScalarType scalar() {
    return scalar;
  }

  /** The type of this name, or null if it is another one. */
  static @Nullable SafetensorsType named(String name) {
    for (SafetensorsType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }
}
