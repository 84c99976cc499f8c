package dev.splitreason.benchmarks.hostile;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.engine.contract.random.RandomQwen2;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What it adds to opening a file that the file is checked, once it is known. */
final class KnownOpening {

  /** The goal, for a median. */
  private static final double MOST_MILLIS = 5;

  private static final int[] VOCABULARIES = {512, 32_000, 150_000};
  private static final int TIMES = 51;

  private KnownOpening() {}

  /** Measures files of small and large vocabularies; gives whether all reach the goal. */
  static boolean measure(Path folder) throws IOException {
    boolean reached = true;
    System.out.printf(
        "%-12s %10s %12s %12s %12s%n", "vocabulary", "bytes", "new", "second", "median");
    for (int tokens : VOCABULARIES) {
      ModelShape shape =
          new ModelShape(
              ModelFamily.QWEN2, tokens, 32, 1, 2, 1, 16, 32, 1e-6, Rope.of(10_000), 128, true);
      Path file = folder.resolve("known-" + tokens + ".gguf");
      RandomQwen2.of(shape, GgufTensorType.F32, 1).write(file);
      double[] millis = new double[TIMES];
      for (int i = 0; i < TIMES; i++) {
        long start = System.nanoTime();
        LlamaCppModel.check(file, LlamaCppOptions.DEFAULTS);
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
      double first = millis[0];
      double second = millis[1];
      Arrays.sort(millis);
      double median = millis[TIMES / 2];
      System.out.printf(
          "%-12d %10d %9.0f ms %9.2f ms %9.2f ms%n",
          tokens, Files.size(file), first, second, median);
      reached &= median < MOST_MILLIS;
      Files.delete(file);
    }
    return reached;
  }
}
