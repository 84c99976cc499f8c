package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.engine.llamacpp.KvType;
import dev.splitreason.engine.openai.OpenAiOptions;
import dev.splitreason.engine.openai.OpenAiOptions.Use;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A model as {@code splitreason.yaml} has it: meanings are those of {@link ModelSettings} and
 * {@link ServerSettings}, what is left out is as {@link ModelSettings#of}.
 */
record ModelSection(
    @Nullable String path,
    @Nullable String url,
    @Nullable String adapter,
    @Nullable String template,
    @Nullable Boolean thinking,
    @Nullable Integer context,
    @Nullable Integer threads,
    @Nullable Integer gpuLayers,
    @Nullable KvType kvType,
    @Nullable Boolean unsafe,
    @Nullable String apiKeyEnv,
    @Nullable Duration timeout,
    @Nullable Integer attempts,
    @Nullable Boolean tokenIds,
    @Nullable Boolean scoring,
    @Nullable Boolean logitBias) {

  ModelSection {
    if ((path == null) == (url == null)) {
      throw new UserMistake(
          "a model needs either a path (GGUF file, or hf:, ollama: and lmstudio: names) or a url"
              + " (URL#model)");
    }
    if (url != null && adapter != null) {
      throw new UserMistake(
          "a model on a server cannot be given an adapter",
          "the server has it under a name of its own: write url: URL#ADAPTER");
    }
    requireAtLeast(0, "context", context);
    requireAtLeast(0, "threads", threads);
    requireAtLeast(0, "gpu-layers", gpuLayers);
    requireAtLeast(1, "attempts", attempts);
    if (timeout != null && timeout.isZero()) {
      throw new UserMistake("timeout must be above 0");
    }
  }

  /** A model of which only the place is known. */
  static ModelSection valueOf(String place) {
    return new ModelSection(
        place, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null);
  }

  ModelSettings settings(
      String name,
      ModelLocation location,
      @Nullable ModelLocation adapterAt,
      @Nullable String templateOrFile) {
    return new ModelSettings(
        name,
        location,
        adapterAt,
        templateOrFile,
        thinking,
        or(context, 0),
        or(threads, 0),
        or(gpuLayers, ModelSettings.ALL_LAYERS),
        or(kvType, KvType.AUTO),
        or(unsafe, false),
        new ServerSettings(
            apiKeyEnv,
            or(timeout, OpenAiOptions.DEFAULT_TIMEOUT),
            or(attempts, OpenAiOptions.DEFAULT_ATTEMPTS),
            use(tokenIds),
            use(scoring),
            use(logitBias)));
  }

  /** What is said, or else what holds. */
  static <T> T or(@Nullable T said, T unset) {
    return said == null ? unset : said;
  }

  /**
   * Checks a number, if one is said.
   *
   * @throws UserMistake that names the key
   */
  static void requireAtLeast(int least, String key, @Nullable Integer number) {
    if (number != null && number < least) {
      throw new UserMistake(key + " must be at least " + least + ", not " + number);
    }
  }

  private static Use use(@Nullable Boolean wanted) {
    return wanted == null ? Use.IF_THERE : wanted ? Use.ALWAYS : Use.NEVER;
  }
}
