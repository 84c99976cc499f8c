package dev.splitreason.core.shape;

import static dev.splitreason.core.shape.ModelFamily.LLAMA;
import static dev.splitreason.core.shape.ModelFamily.QWEN2;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of published checkpoints, as their {@code config.json} has them. */
public final class KnownShapes {

  private static final Map<String, ModelShape> SHAPES =
      Map.of(
          "DeepSeek-R1-Distill-Qwen-1.5B",
          new ModelShape(QWEN2, 151936, 1536, 28, 12, 2, 128, 8960, 1e-6, 10_000, 131072, false),
          "DeepSeek-R1-Distill-Qwen-7B",
          new ModelShape(QWEN2, 152064, 3584, 28, 28, 4, 128, 18944, 1e-6, 10_000, 131072, false),
          "DeepSeek-R1-Distill-Qwen-14B",
          new ModelShape(
              QWEN2, 152064, 5120, 48, 40, 8, 128, 13824, 1e-5, 1_000_000, 131072, false),
          "DeepSeek-R1-Distill-Qwen-32B",
          new ModelShape(
              QWEN2, 152064, 5120, 64, 40, 8, 128, 27648, 1e-5, 1_000_000, 131072, false),
          "Qwen2.5-0.5B",
          new ModelShape(QWEN2, 151936, 896, 24, 14, 2, 64, 4864, 1e-6, 1_000_000, 32768, true),
          "Qwen2.5-1.5B",
          new ModelShape(QWEN2, 151936, 1536, 28, 12, 2, 128, 8960, 1e-6, 1_000_000, 131072, true),
          "Qwen2.5-3B",
          new ModelShape(QWEN2, 151936, 2048, 36, 16, 2, 128, 11008, 1e-6, 1_000_000, 32768, true),
          "Llama-3.1-8B",
          new ModelShape(LLAMA, 128256, 4096, 32, 32, 8, 128, 14336, 1e-5, 500_000, 131072, false),
          "Llama-3.1-70B",
          new ModelShape(LLAMA, 128256, 8192, 80, 64, 8, 128, 28672, 1e-5, 500_000, 131072, false));

  private KnownShapes() {}

  /** The shape of the checkpoint with this name, or null if it is not known. */
  public static @Nullable ModelShape named(String name) {
    return SHAPES.get(name);
  }

  /**
   * The shape of the checkpoint with this name, which is known.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static ModelShape of(String name) {
    ModelShape known = named(name);
    if (known == null) {
      throw new IllegalArgumentException("the shape of '" + name + "' is not known");
    }
    return known;
  }

  /** The names of those of a family, sorted. */
  public static List<String> names(ModelFamily family) {
    return SHAPES.entrySet().stream()
        .filter(known -> known.getValue().family() == family)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
