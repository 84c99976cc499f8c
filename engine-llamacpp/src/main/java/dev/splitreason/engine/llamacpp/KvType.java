package dev.splitreason.engine.llamacpp;

/** The number format of the KV cache. */
public enum KvType {
  /** As exact as the weights: F32 for an F32 model, F16 for all others. */
  AUTO(-1, KvType.FLASH_AUTO, 128),
  /** Exact, and so without flash attention, which rounds to half precision on the way. */
  F32(0, KvType.FLASH_OFF, 256),
  F16(1, KvType.FLASH_AUTO, 128),
  /** 8.5 bits a number; needs flash attention. */
  Q8_0(8, KvType.FLASH_ON, 68),
  /** 4.5 bits a number; needs flash attention. */
  Q4_0(2, KvType.FLASH_ON, 36);

  // enum llama_flash_attn_type
  private static final int FLASH_AUTO = -1;
  private static final int FLASH_OFF = 0;
  private static final int FLASH_ON = 1;

  /** The number of this format in {@code enum ggml_type}. */
  final int ggmlType;

  /** The {@code enum llama_flash_attn_type} that goes with it. */
  final int flashAttention;

  /** The bits that eight numbers take. */
  final int bitsOfEight;

  KvType(int ggmlType, int flashAttention, int bitsOfEight) {
    this.ggmlType = ggmlType;
    this.flashAttention = flashAttention;
    this.bitsOfEight = bitsOfEight;
  }
}
