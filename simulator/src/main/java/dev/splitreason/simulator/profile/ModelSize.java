package dev.splitreason.simulator.profile;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.shape.KnownShapes;
import dev.splitreason.core.shape.ModelShape;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Sizes of well-known models: Qwen2.5 (arXiv 2412.15115), and Llama 3.1 (arXiv 2407.21783) for 8B
 * and 70B. The DeepSeek-R1 distillations have them.
 */
@SuppressWarnings("ImmutableEnumChecker") // a shape is a record of numbers
enum ModelSize {
  B0_5("0.5b", 0.494e9, "Qwen2.5-0.5B"),
  B1_5("1.5b", 1.54e9, "Qwen2.5-1.5B"),
  B3("3b", 3.09e9, "Qwen2.5-3B"),
  B7("7b", 7.62e9, "DeepSeek-R1-Distill-Qwen-7B"),
  B8("8b", 8.03e9, "Llama-3.1-8B"),
  B14("14b", 14.77e9, "DeepSeek-R1-Distill-Qwen-14B"),
  B32("32b", 32.76e9, "DeepSeek-R1-Distill-Qwen-32B"),
  B70("70b", 70.55e9, "Llama-3.1-70B");

  private static final int KV_BYTES = 2;

  private final String label;
  private final double parameters;
  private final ModelShape shape;

  ModelSize(String label, double parameters, String checkpoint) {
    this.label = label;
    this.parameters = parameters;
    this.shape = KnownShapes.of(checkpoint);
  }

  String label() {
    return label;
  }

  /** As published, to two decimals of a billion or so. */
  double parameters() {
    return parameters;
  }

  /** Bytes of keys and values of a token, in 16 bits. */
  double kvBytesPerToken() {
    return (double) shape.keysAndValues() * KV_BYTES;
  }

  /** Query times key and weight times value, in every layer and head. */
  double attentionFlopPerPair() {
    return 4.0 * shape.layers() * shape.heads() * shape.headSize();
  }

  static ModelSize parse(String text) {
    for (ModelSize size : values()) {
      if (size.label.equalsIgnoreCase(text)) {
        return size;
      }
    }
    throw new UserMistake(
        "unknown model size '" + text + "'",
        "use " + Arrays.stream(values()).map(ModelSize::label).collect(Collectors.joining(", ")));
  }
}
