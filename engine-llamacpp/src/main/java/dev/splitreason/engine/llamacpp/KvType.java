package dev.splitreason.engine.llamacpp;

/** The number format of the KV cache. */
public enum KvType {
  /** As exact as the weights: F32 for an F32 model, F16 for all others. */
  AUTO(-1),
  F32(0),
  F16(1),
  /** 8.5 bits a number; needs flash attention. */
  Q8_0(8),
  /** 4.5 bits a number; needs flash attention. */
  Q4_0(2);

  /** The number of this format in {@code enum ggml_type}. */
  final int ggmlType;

  KvType(int ggmlType) {
    this.ggmlType = ggmlType;
  }

  boolean quantised() {
    return this == Q8_0 || this == Q4_0;
  }
}
