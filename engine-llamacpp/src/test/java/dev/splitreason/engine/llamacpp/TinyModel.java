package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.engine.contract.random.RandomQwen2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A random model of two small layers, in F32 so that results can be compared closely. */
final class TinyModel {

  static final LlamaCppOptions OPTIONS =
      LlamaCppOptions.DEFAULTS.withThreads(1).withContextLength(256).withCacheTokens(2048);

  private TinyModel() {}

  static LlamaCppModel load() throws IOException {
    return load(OPTIONS);
  }

  static LlamaCppModel load(LlamaCppOptions options) throws IOException {
    Path file = Files.createTempFile("tiny", ".gguf");
    try {
      RandomQwen2.of(RandomQwen2.TINY, GgufTensorType.F32, 7).write(file);
      return LlamaCppModel.load(file, options);
    } finally {
      // The weights stay mapped until the model is closed.
      Files.delete(file);
    }
  }

  /** Token ids of no meaning, the same for the same arguments. */
  static int[] tokens(int seed, int count) {
    return new java.util.SplittableRandom(seed).ints(count, 20, 300).toArray();
  }
}
