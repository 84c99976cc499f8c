package dev.splitreason.training.estimate;

import dev.splitreason.training.model.Qwen2Config;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of published checkpoints, as their {@code config.json} has them. */
final class KnownShapes {

  private static final Map<String, Qwen2Config> SHAPES =
      Map.of(
          "DeepSeek-R1-Distill-Qwen-1.5B",
          new Qwen2Config(151936, 1536, 28, 12, 2, 128, 8960, 1e-6, 10_000, 131072, false),
          "DeepSeek-R1-Distill-Qwen-7B",
          new Qwen2Config(152064, 3584, 28, 28, 4, 128, 18944, 1e-6, 10_000, 131072, false),
          "DeepSeek-R1-Distill-Qwen-14B",
          new Qwen2Config(152064, 5120, 48, 40, 8, 128, 13824, 1e-5, 1_000_000, 131072, false),
          "DeepSeek-R1-Distill-Qwen-32B",
          new Qwen2Config(152064, 5120, 64, 40, 8, 128, 27648, 1e-5, 1_000_000, 131072, false),
          "Qwen2.5-0.5B",
          new Qwen2Config(151936, 896, 24, 14, 2, 64, 4864, 1e-6, 1_000_000, 32768, true),
          "Qwen2.5-1.5B",
          new Qwen2Config(151936, 1536, 28, 12, 2, 128, 8960, 1e-6, 1_000_000, 131072, true));

  private KnownShapes() {}

  /** The shape of a checkpoint with this name, or null. */
  static @Nullable Qwen2Config named(String name) {
    return SHAPES.get(name);
  }

  static String names() {
    return String.join(", ", SHAPES.keySet().stream().sorted().toList());
  }
}
