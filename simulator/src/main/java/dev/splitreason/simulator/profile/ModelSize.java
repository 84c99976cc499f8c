package dev.splitreason.simulator.profile;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Shapes of well-known models: Qwen2.5 (arXiv 2412.15115), and Llama 3.1 (arXiv 2407.21783) for 8B
 * and 70B. The DeepSeek-R1 distillations have them.
 */
enum ModelSize {
  B0_5("0.5b", 0.494e9, 24, 14, 2, 64),
  B1_5("1.5b", 1.54e9, 28, 12, 2, 128),
  B3("3b", 3.09e9, 36, 16, 2, 128),
  B7("7b", 7.62e9, 28, 28, 4, 128),
  B8("8b", 8.03e9, 32, 32, 8, 128),
  B14("14b", 14.77e9, 48, 40, 8, 128),
  B32("32b", 32.76e9, 64, 40, 8, 128),
  B70("70b", 70.55e9, 80, 64, 8, 128);

  private static final int KV_BYTES = 2;

  private final String label;
  private final double parameters;
  private final int layers;
  private final int heads;
  private final int kvHeads;
  private final int headSize;

  ModelSize(String label, double parameters, int layers, int heads, int kvHeads, int headSize) {
    this.label = label;
    this.parameters = parameters;
    this.layers = layers;
    this.heads = heads;
    this.kvHeads = kvHeads;
    this.headSize = headSize;
  }

  String label() {
    return label;
  }

  double parameters() {
    return parameters;
  }

  /** Bytes of keys and values of a token, in 16 bits. */
  double kvBytesPerToken() {
    return 2.0 * layers * kvHeads * headSize * KV_BYTES;
  }

  /** Query times key and weight times value, in every layer and head. */
  double attentionFlopPerPair() {
    return 4.0 * layers * heads * headSize;
  }

  static ModelSize parse(String text) {
    for (ModelSize size : values()) {
      if (size.label.equalsIgnoreCase(text)) {
        return size;
      }
    }
    throw new IllegalArgumentException(
        "unknown model size '"
            + text
            + "': use "
            + Arrays.stream(values()).map(ModelSize::label).collect(Collectors.joining(", ")));
  }
}
