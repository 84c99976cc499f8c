package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.engine.llamacpp.check.ModelHeader;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How many tokens a model's cache is to hold, and whether there is memory for them: the kernel
 * promises more than it has, so that nothing fails before the machine does.
 *
 * @param contextLength the most tokens of one session
 * @param cacheTokens the tokens of all sessions
 */
record CacheRoom(int contextLength, int cacheTokens) {

  /** What llama.cpp pads contexts to. */
  private static final int PAD = 256;

  /** What is asked for, and where nothing is, what suits a model trained with so many tokens. */
  static CacheRoom of(LlamaCppOptions options, int trained) {
    int context =
        options.contextLength() > 0
            ? options.contextLength()
            : Math.min(trained, LlamaCppOptions.DEFAULT_CONTEXT);
    return new CacheRoom(
        context,
        options.cacheTokens() > 0
            ? options.cacheTokens()
            : Math.max(context, LlamaCppOptions.DEFAULT_CACHE));
  }

  /**
   * Refuses a cache that memory has no room for.
   *
   * @param available bytes
   * @throws ModelException that tells what fits
   */
  void require(Path file, ModelHeader header, LlamaCppOptions options, long available) {
    long perToken = bytesPerToken(header, options);
    long fitting = available / perToken / PAD * PAD;
    if (cacheTokens > fitting) {
      throw new ModelException(
          Kind.NOT_LOADABLE,
          "%s: a context of %,d tokens would take %s of memory; %s are available, enough for %,d"
              .formatted(
                  file,
                  cacheTokens,
                  size((double) cacheTokens * perToken),
                  size((double) available),
                  fitting));
    }
  }

  static long bytesPerToken(ModelHeader header, LlamaCppOptions options) {
    KvType type = options.kvType();
    if (type == KvType.AUTO) {
      type = header.exact() ? KvType.F32 : KvType.F16;
    }
    int scored = type == KvType.F32 ? options.batchSize() : 0;
    return header.cache().bytesPerToken(type.bitsOfEight, scored);
  }

  private static String size(double bytes) {
    double mebibytes = bytes / (1 << 20);
    if (mebibytes < 1024) {
      return String.format(Locale.ROOT, "%.1f MiB", mebibytes);
    }
    return mebibytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024)
        : String.format(Locale.ROOT, "%.1f TiB", mebibytes / (1 << 20));
  }
}
