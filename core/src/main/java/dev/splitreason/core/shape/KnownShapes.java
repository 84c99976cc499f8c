package dev.splitreason.core.shape;

import static dev.splitreason.core.shape.ModelFamily.LLAMA;
import static dev.splitreason.core.shape.ModelFamily.QWEN2;
import static dev.splitreason.core.shape.ModelFamily.QWEN3;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of published checkpoints, as their {@code config.json} has them. */
public final class KnownShapes {

  private static final Rope LLAMA_3_1 = new Rope(500_000, RopeScaling.llama3(8));
  private static final Rope LLAMA_3_2 = new Rope(500_000, RopeScaling.llama3(32));

  private static final Map<String, ModelShape> SHAPES =
      Map.ofEntries(
          Map.entry(
              "DeepSeek-R1-Distill-Llama-8B",
              new ModelShape(
                  LLAMA, 128256, 4096, 32, 32, 8, 128, 14336, 1e-5, LLAMA_3_1, 131072, false)),
          Map.entry(
              "DeepSeek-R1-Distill-Qwen-1.5B",
              new ModelShape(
                  QWEN2, 151936, 1536, 28, 12, 2, 128, 8960, 1e-6, Rope.of(10_000), 131072, false)),
          Map.entry(
              "DeepSeek-R1-Distill-Qwen-7B",
              new ModelShape(
                  QWEN2,
                  152064,
                  3584,
                  28,
                  28,
                  4,
                  128,
                  18944,
                  1e-6,
                  Rope.of(10_000),
                  131072,
                  false)),
          Map.entry(
              "DeepSeek-R1-Distill-Qwen-14B",
              new ModelShape(
                  QWEN2,
                  152064,
                  5120,
                  48,
                  40,
                  8,
                  128,
                  13824,
                  1e-5,
                  Rope.of(1_000_000),
                  131072,
                  false)),
          Map.entry(
              "DeepSeek-R1-Distill-Qwen-32B",
              new ModelShape(
                  QWEN2,
                  152064,
                  5120,
                  64,
                  40,
                  8,
                  128,
                  27648,
                  1e-5,
                  Rope.of(1_000_000),
                  131072,
                  false)),
          Map.entry(
              "Qwen2.5-0.5B",
              new ModelShape(
                  QWEN2, 151936, 896, 24, 14, 2, 64, 4864, 1e-6, Rope.of(1_000_000), 32768, true)),
          Map.entry(
              "Qwen2.5-1.5B",
              new ModelShape(
                  QWEN2,
                  151936,
                  1536,
                  28,
                  12,
                  2,
                  128,
                  8960,
                  1e-6,
                  Rope.of(1_000_000),
                  131072,
                  true)),
          Map.entry(
              "Qwen2.5-3B",
              new ModelShape(
                  QWEN2,
                  151936,
                  2048,
                  36,
                  16,
                  2,
                  128,
                  11008,
                  1e-6,
                  Rope.of(1_000_000),
                  32768,
                  true)),
          Map.entry(
              "Qwen3-0.6B",
              new ModelShape(
                  QWEN3,
                  151936,
                  1024,
                  28,
                  16,
                  8,
                  128,
                  3072,
                  1e-6,
                  Rope.of(1_000_000),
                  40960,
                  true)),
          Map.entry(
              "Qwen3-1.7B",
              new ModelShape(
                  QWEN3,
                  151936,
                  2048,
                  28,
                  16,
                  8,
                  128,
                  6144,
                  1e-6,
                  Rope.of(1_000_000),
                  40960,
                  true)),
          Map.entry(
              "Qwen3-4B",
              new ModelShape(
                  QWEN3,
                  151936,
                  2560,
                  36,
                  32,
                  8,
                  128,
                  9728,
                  1e-6,
                  Rope.of(1_000_000),
                  40960,
                  true)),
          Map.entry(
              "Qwen3-8B",
              new ModelShape(
                  QWEN3,
                  151936,
                  4096,
                  36,
                  32,
                  8,
                  128,
                  12288,
                  1e-6,
                  Rope.of(1_000_000),
                  40960,
                  false)),
          Map.entry(
              "Qwen3-14B",
              new ModelShape(
                  QWEN3,
                  151936,
                  5120,
                  40,
                  40,
                  8,
                  128,
                  17408,
                  1e-6,
                  Rope.of(1_000_000),
                  40960,
                  false)),
          Map.entry(
              "Qwen3-32B",
              new ModelShape(
                  QWEN3,
                  151936,
                  5120,
                  64,
                  64,
                  8,
                  128,
                  25600,
                  1e-6,
                  Rope.of(1_000_000),
                  40960,
                  false)),
          Map.entry(
              "Llama-3.1-8B",
              new ModelShape(
                  LLAMA, 128256, 4096, 32, 32, 8, 128, 14336, 1e-5, LLAMA_3_1, 131072, false)),
          Map.entry(
              "Llama-3.1-70B",
              new ModelShape(
                  LLAMA, 128256, 8192, 80, 64, 8, 128, 28672, 1e-5, LLAMA_3_1, 131072, false)),
          Map.entry(
              "Llama-3.2-1B",
              new ModelShape(
                  LLAMA, 128256, 2048, 16, 32, 8, 64, 8192, 1e-5, LLAMA_3_2, 131072, true)),
          Map.entry(
              "Llama-3.2-3B",
              new ModelShape(
                  LLAMA, 128256, 3072, 28, 24, 8, 128, 8192, 1e-5, LLAMA_3_2, 131072, true)),
          Map.entry(
              "SmolLM2-135M",
              new ModelShape(
                  LLAMA, 49152, 576, 30, 9, 3, 64, 1536, 1e-5, Rope.of(100_000), 8192, true)),
          Map.entry(
              "SmolLM2-360M",
              new ModelShape(
                  LLAMA, 49152, 960, 32, 15, 5, 64, 2560, 1e-5, Rope.of(100_000), 8192, true)),
          Map.entry(
              "SmolLM2-1.7B",
              new ModelShape(
                  LLAMA, 49152, 2048, 24, 32, 32, 64, 8192, 1e-5, Rope.of(130_000), 8192, true)));

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

  /** The names of all, sorted. */
  public static List<String> names() {
    return SHAPES.keySet().stream().sorted().toList();
  }
}
