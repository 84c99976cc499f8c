package dev.splitreason.simulator.profile;

import dev.splitreason.core.error.UserMistake;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Devices with what their data sheets say. What a forward pass reaches of it, and what it costs
 * besides, is set once for all: {@link #BANDWIDTH_REACHED}, {@link #ARITHMETIC_REACHED}.
 */
enum Accelerator {
  /** NVIDIA A100 80GB SXM: data sheet, BF16 dense. */
  A100(2039e9, 312e12, 80e9, 0.002),
  /** NVIDIA H100 SXM: data sheet, BF16 dense. */
  H100(3350e9, 989e12, 80e9, 0.002),
  /** NVIDIA H200 SXM: data sheet, BF16 dense. */
  H200(4800e9, 989e12, 141e9, 0.002),
  /** NVIDIA L4: data sheet, BF16 dense (half of the figure with sparsity). */
  L4(300e9, 121e12, 24e9, 0.002),
  /**
   * Two cores of a server CPU with AVX-512, such that the shares below give about what llama.cpp
   * reaches on Q8_0 weights: one thread was measured at 19 GB/s decoding and 134 GFLOP/s
   * prefilling; two share the memory.
   */
  CPU2(43e9, 500e9, 16e9, 0.0005);

  /** Share of the memory bandwidth that a decode step reaches; an assumption. */
  static final double BANDWIDTH_REACHED = 0.7;

  /** Share of the arithmetic that a large prefill reaches; an assumption. */
  static final double ARITHMETIC_REACHED = 0.5;

  /** Share of the memory that holds weights, keys and values. */
  static final double MEMORY_USED = 0.9;

  /** Keys and values of at least one long answer must fit beside the weights. */
  static final int FEWEST_KV_TOKENS = 32_768;

  private final double bandwidth;
  private final double flopPerSecond;
  private final double memory;
  private final double overheadSeconds;

  Accelerator(double bandwidth, double flopPerSecond, double memory, double overheadSeconds) {
    this.bandwidth = bandwidth;
    this.flopPerSecond = flopPerSecond;
    this.memory = memory;
    this.overheadSeconds = overheadSeconds;
  }

  /**
   * A model on as many of these devices as it needs, a power of two; they work as one, without loss
   * (tensor parallelism).
   */
  ModelProfile run(ModelSize model, int bits) {
    double bytesPerParameter = bits / 8.0;
    double weights = model.parameters() * bytesPerParameter;
    int devices = 1;
    while (kvRoom(devices, weights) < FEWEST_KV_TOKENS * model.kvBytesPerToken()) {
      devices *= 2;
    }
    RooflineTime time =
        new RooflineTime(
            model.parameters(),
            bytesPerParameter,
            model.kvBytesPerToken(),
            model.attentionFlopPerPair(),
            devices * bandwidth * BANDWIDTH_REACHED,
            devices * flopPerSecond * ARITHMETIC_REACHED,
            overheadSeconds);
    return new ModelProfile(
        String.format(Locale.ROOT, "%s, %d bits, on %d %s", model.label(), bits, devices, name()),
        time,
        0,
        0,
        0,
        devices,
        (long) (kvRoom(devices, weights) / model.kvBytesPerToken()));
  }

  private double kvRoom(int devices, double weights) {
    return MEMORY_USED * devices * memory - weights;
  }

  /** Weights are read in so many bits unless said otherwise. */
  int usualBits() {
    return this == CPU2 ? 8 : 16;
  }

  static Accelerator parse(String text) {
    for (Accelerator accelerator : values()) {
      if (accelerator.name().equalsIgnoreCase(text)) {
        return accelerator;
      }
    }
    throw new UserMistake(
        "unknown device '" + text + "'",
        "use "
            + Arrays.stream(values())
                .map(accelerator -> accelerator.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }
}
