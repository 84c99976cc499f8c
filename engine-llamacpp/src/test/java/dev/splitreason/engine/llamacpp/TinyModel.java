package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.engine.contract.random.RandomQwen2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A random model of two small layers, in F32 so that results can be compared closely. */
final class TinyModel {

  static final LlamaCppOptions OPTIONS =
      LlamaCppOptions.DEFAULTS.withThreads(1).withContextLength(256).withCacheTokens(2048);

  private static @Nullable Path file;

  private TinyModel() {}

  static LlamaCppModel load() throws IOException {
    return load(OPTIONS);
  }

  static LlamaCppModel load(LlamaCppOptions options) throws IOException {
    return LlamaCppModel.load(file(), options);
  }

  /** The same file for all tests, so that it is tried once. */
  static synchronized Path file() throws IOException {
    Path there = file;
    if (there == null) {
      there = Files.createTempFile("tiny", ".gguf");
      there.toFile().deleteOnExit();
      RandomQwen2.of(RandomQwen2.TINY, GgufTensorType.F32, 7).write(there);
      file = there;
    }
    return there;
  }

  /** Token ids of no meaning, the same for the same arguments. */
  static int[] tokens(int seed, int count) {
    return new java.util.SplittableRandom(seed).ints(count, 20, 300).toArray();
  }
}
