package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.error.UserMistake;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to load and run a model.
 *
 * @param contextLength the most tokens of one session; 0 for what the model was trained with, at
 *     most {@link #DEFAULT_CONTEXT}
 * @param cacheTokens the size of the KV cache that all sessions share, in tokens; 0 for one session
 *     of full length, at least {@link #DEFAULT_CACHE}
 * @param threads the most CPU threads for one batch; 0 for all cores. How many a batch has is
 *     decided when it is computed: those that help it, and that other models leave
 * @param cores the most CPU threads of all models together while this one computes; 0 for one a
 *     core
 * @param gpuLayers layers to keep on a GPU; -1 for all, where there is one
 * @param kvType number format of the KV cache
 * @param maxSessions the most sessions open at once, 1 … 256
 * @param batchSize the most tokens of one batch
 * @param anyArchitecture whether to open architectures that are not known to work, too
 * @param adapter a LoRA adapter as a GGUF file, whose changes are added to the weights as they
 *     compute; null for none
 */
public record LlamaCppOptions(
    int contextLength,
    int cacheTokens,
    int threads,
    int cores,
    int gpuLayers,
    KvType kvType,
    int maxSessions,
    int batchSize,
    boolean anyArchitecture,
    @Nullable Path adapter) {

  /**
   * The most tokens of a session unless asked for more: longer contexts cost memory that few
   * answers use.
   */
  public static final int DEFAULT_CONTEXT = 8192;

  /**
   * The smallest KV cache unless asked for less, so that many short sessions fit a model of short
   * context.
   */
  public static final int DEFAULT_CACHE = 8192;

  /** The model's own context, all cores, all GPU layers, 64 sessions. */
  public static final LlamaCppOptions DEFAULTS =
      new LlamaCppOptions(0, 0, 0, 0, -1, KvType.AUTO, 64, 512, false, null);

  public LlamaCppOptions {
    require(contextLength >= 0, "context length must not be negative", contextLength);
    require(cacheTokens >= 0, "KV cache size must not be negative", cacheTokens);
    require(threads >= 0 && threads <= 512, "threads must be in 0 … 512", threads);
    require(cores >= 0, "cores must not be negative", cores);
    require(gpuLayers >= -1, "GPU layers must be -1 or more", gpuLayers);
    require(maxSessions >= 1 && maxSessions <= 256, "sessions must be in 1 … 256", maxSessions);
    require(batchSize >= 32 && batchSize <= 8192, "batch size must be in 32 … 8192", batchSize);
  }

  /** The same options with another context length. */
  public LlamaCppOptions withContextLength(int contextLength) {
    return with(copy -> copy.contextLength = contextLength);
  }

  /** The same options with another size of the shared KV cache. */
  public LlamaCppOptions withCacheTokens(int cacheTokens) {
    return with(copy -> copy.cacheTokens = cacheTokens);
  }

  /** The same options with another number of threads. */
  public LlamaCppOptions withThreads(int threads) {
    return with(copy -> copy.threads = threads);
  }

  /** The same options with another number of CPU threads of all models together. */
  public LlamaCppOptions withCores(int cores) {
    return with(copy -> copy.cores = cores);
  }

  /** The same options with another number of layers on a GPU. */
  public LlamaCppOptions withGpuLayers(int gpuLayers) {
    return with(copy -> copy.gpuLayers = gpuLayers);
  }

  /** The same options with another number format of the KV cache. */
  public LlamaCppOptions withKvType(KvType kvType) {
    return with(copy -> copy.kvType = kvType);
  }

  /** The same options with another limit on open sessions. */
  public LlamaCppOptions withMaxSessions(int maxSessions) {
    return with(copy -> copy.maxSessions = maxSessions);
  }

  /** The same options with another batch size. */
  public LlamaCppOptions withBatchSize(int batchSize) {
    return with(copy -> copy.batchSize = batchSize);
  }

  /** The same options, whether or not the file's architecture is known to work. */
  public LlamaCppOptions withAnyArchitecture(boolean anyArchitecture) {
    return with(copy -> copy.anyArchitecture = anyArchitecture);
  }

  /** The same options with a LoRA adapter beside the weights, or with none. */
  public LlamaCppOptions withAdapter(@Nullable Path gguf) {
    return with(copy -> copy.adapter = gguf);
  }

  private static void require(boolean condition, String rule, int value) {
    if (!condition) {
      throw new UserMistake(rule + ", not " + value);
    }
  }

  private LlamaCppOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new LlamaCppOptions(
        copy.contextLength,
        copy.cacheTokens,
        copy.threads,
        copy.cores,
        copy.gpuLayers,
        copy.kvType,
        copy.maxSessions,
        copy.batchSize,
        copy.anyArchitecture,
        copy.adapter);
  }

  /** Options that can still be changed. */
  private static final class Copy {
    int contextLength;
    int cacheTokens;
    int threads;
    int cores;
    int gpuLayers;
    KvType kvType;
    int maxSessions;
    int batchSize;
    boolean anyArchitecture;
    @Nullable Path adapter;

    Copy(LlamaCppOptions options) {
      contextLength = options.contextLength;
      cacheTokens = options.cacheTokens;
      threads = options.threads;
      cores = options.cores;
      gpuLayers = options.gpuLayers;
      kvType = options.kvType;
      maxSessions = options.maxSessions;
      batchSize = options.batchSize;
      anyArchitecture = options.anyArchitecture;
      adapter = options.adapter;
    }
  }
}
