package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.splitreason.core.batch.BatchLimits;
import dev.splitreason.core.batch.Evaluator;
import dev.splitreason.core.batch.Run;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A llama.cpp context with its KV cache: computes batches by {@code llama_decode}.
 *
 * <p>The KV cache is unified: all sequences share its cells, so that a fork copies nothing and a
 * long session may use what short ones leave.
 */
final class LlamaContext implements Evaluator {

  // Logits of one batch take outputs x vocabulary x 4 bytes; this bounds them to 64 MiB or so.
  private static final int LOGITS_BUDGET = 16 << 20;
  private static final int MIN_OUTPUTS = 16;

  /**
   * The most prefill tokens of a batch while others decode: on a CPU a chunk of this size is nearly
   * as efficient as a full one, and no decoding session waits long for its next token.
   */
  private static final int PREFILL_BESIDE_DECODE = 64;

  /**
   * The most tokens of a batch on a CPU. It computes 512 tokens in four such batches with the
   * processor time of one (0.5B parameters, Q4_K_M: 3.58 s and 3.64 s), and whoever comes meanwhile
   * waits less, also for cores.
   */
  private static final int BATCH_ON_CPU = 128;

  /**
   * Weights that make a further thread worthwhile. Threads meet after every layer's parts: with
   * less to compute in between they mostly wait for each other, and on a busy machine for the
   * scheduler. The bundled large model (1.8 MiB) wrote 187 tokens a second with one thread and 2
   * with two while other work kept both cores busy.
   */
  private static final long BYTES_PER_THREAD = 16L << 20;

  private final LlamaApi api;
  private final String modelName;
  private final Cores.Claim cores;
  private final ThreadChoice threads;
  private final int mostThreads;
  private final int threadsOfOne;
  private final boolean weighsBatches;
  private final MemorySegment context;
  private final ThreadPool threadPool;
  private final MemorySegment memory;
  private final LlamaBatch batch;
  private final BatchLimits limits;
  private final int vocabularySize;

  /** Where in the batch a sequence's token at position 0 would be, by sequence. */
  private final int[] origins;

  /**
   * Makes a context.
   *
   * @param adapter whose changes are computed too, or NULL
   */
  LlamaContext(
      LlamaRuntime runtime,
      MemorySegment model,
      MemorySegment adapter,
      String modelName,
      LlamaCppOptions options,
      int cacheTokens,
      int vocabularySize) {
    this.api = runtime.api();
    this.modelName = modelName;
    Cores all = Cores.ofProcess();
    int most = options.threads() == 0 ? all.count() : Math.min(options.threads(), all.count());
    this.mostThreads = Math.clamp(runtime.api().modelSize(model) / BYTES_PER_THREAD, 1, most);
    this.threads = new ThreadChoice(mostThreads, System::nanoTime);
    this.weighsBatches = runtime.api().modelSize(model) >= BYTES_PER_THREAD;
    this.threadsOfOne = threadsOfOne(mostThreads, options.cores());
    this.vocabularySize = vocabularySize;
    this.origins = new int[options.maxSessions()];
    int tokens = batchTokens(options);
    int outputs =
        Math.max(
            options.maxSessions(), Math.clamp(LOGITS_BUDGET / vocabularySize, MIN_OUTPUTS, tokens));
    this.limits = new BatchLimits(tokens, outputs, PREFILL_BESIDE_DECODE);
    runtime.log().clearErrors();
    this.context = create(model, options, cacheTokens);
    if (context.equals(MemorySegment.NULL)) {
      throw new ModelException(
          Kind.NOT_LOADABLE,
          "no context of "
              + cacheTokens
              + " tokens could be made"
              + LlamaCppModel.because(runtime.log().errors()));
    }
    if (!adapter.equals(MemorySegment.NULL)) {
      api.setAdapterLora(context, adapter);
    }
    this.cores = all.claim(options.cores());
    this.threadPool = new ThreadPool(api, mostThreads);
    threadPool.attachTo(api, context);
    this.memory = api.getMemory(context);
    this.batch = new LlamaBatch(limits.tokens());
  }

  private int batchTokens(LlamaCppOptions options) {
    boolean onCard = options.gpuLayers() != 0 && api.freeMemoryOfGpus() > 0;
    int enough = Math.max(BATCH_ON_CPU, options.maxSessions());
    return onCard ? options.batchSize() : Math.min(options.batchSize(), enough);
  }

  private MemorySegment create(MemorySegment model, LlamaCppOptions options, int cacheTokens) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment params = api.contextDefaultParams(scratch);
      var layout = LlamaLayouts.CONTEXT_PARAMS;
      LlamaLayouts.set(params, layout, "n_ctx", cacheTokens);
      LlamaLayouts.set(params, layout, "n_batch", limits.tokens());
      LlamaLayouts.set(params, layout, "n_ubatch", limits.tokens());
      LlamaLayouts.set(params, layout, "n_seq_max", options.maxSessions());
      LlamaLayouts.set(params, layout, "n_outputs_max", limits.outputs());
      LlamaLayouts.set(params, layout, "n_outputs_max_per_seq", 0);
      LlamaLayouts.set(params, layout, "n_threads", mostThreads);
      LlamaLayouts.set(params, layout, "n_threads_batch", mostThreads);
      LlamaLayouts.set(params, layout, "kv_unified", true);
      KvType kv = options.kvType();
      if (kv == KvType.AUTO) {
        kv = api.modelFtype(model) == LlamaCppModel.FTYPE_F32 ? KvType.F32 : KvType.F16;
      }
      LlamaLayouts.set(params, layout, "type_k", kv.ggmlType);
      LlamaLayouts.set(params, layout, "type_v", kv.ggmlType);
      LlamaLayouts.set(params, layout, "flash_attn_type", kv.flashAttention);
      return api.initFromModel(model, params);
    }
  }

  @Override
  public int vocabularySize() {
    return vocabularySize;
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  /** A small model's batches cost what their sessions' messages cost. */
  @Override
  public boolean weighsBatches() {
    return weighsBatches;
  }

  @Override
  public void evaluate(List<Run> runs) {
    batch.clear();
    for (Run run : runs) {
      origins[run.sequence()] = batch.size() - run.from();
      for (int i = 0; i < run.tokens().length; i++) {
        int position = run.from() + i;
        batch.add(run.sequence(), position, run.tokens()[i], position >= run.logitsFrom());
      }
    }
    boolean awaited = runs.stream().anyMatch(Run::awaited);
    switch (decode(awaited)) {
      case 0 -> {}
      case 1 ->
          throw new ModelException(
              Kind.OUT_OF_CAPACITY,
              "the KV cache of "
                  + modelName
                  + " is full: close other sessions or give it more cache tokens");
      default ->
          throw new ModelException(Kind.UNAVAILABLE, modelName + " failed to compute a batch");
    }
  }

  private int decode(boolean awaited) {
    int tokens = batch.size();
    int lent = cores.acquire(awaited, wish(tokens));
    try {
      api.setNThreads(context, lent);
      long start = System.nanoTime();
      int result = api.decode(context, batch.struct());
      threads.took(tokens, lent, (System.nanoTime() - start) / 1e9);
      return result;
    } finally {
      cores.release();
    }
  }

  /**
   * The threads of a batch of one token, always the same. Over 512 cells and more, llama.cpp sums
   * its attention up in as many parts as there are threads, so the last bits of its logits, and now
   * and then a text, depend on their number. No other batch is computed so. Such a step is bound by
   * memory, and half of the cores do it nearly as fast as all.
   */
  private static int threadsOfOne(int most, int cores) {
    return Math.max(1, (cores == 0 ? most : Math.min(most, cores)) / 2);
  }

  private Cores.Wish wish(int tokens) {
    return new Cores.Wish() {
      @Override
      public int least() {
        return tokens == 1 ? threadsOfOne : 1;
      }

      @Override
      public int worth(int most) {
        return tokens == 1 ? threadsOfOne : threads.worth(tokens, most);
      }

      @Override
      public int take(int most, boolean contended) {
        return tokens == 1 ? threadsOfOne : threads.choose(tokens, most, contended);
      }
    };
  }

  @Override
  public void rest() {
    cores.rest();
  }

  @Override
  public void logits(int sequence, int position, float[] row) {
    MemorySegment logits = api.getLogitsIth(context, origins[sequence] + position);
    if (logits.equals(MemorySegment.NULL)) {
      throw new ModelException(Kind.UNAVAILABLE, "llama.cpp computed no logits");
    }
    MemorySegment.copy(
        logits.reinterpret(4L * vocabularySize), JAVA_FLOAT, 0, row, 0, vocabularySize);
  }

  @Override
  public void truncate(int sequence, int length) {
    api.memorySeqRm(memory, sequence, length, -1);
  }

  @Override
  public void copy(int from, int to, int length) {
    api.memorySeqCp(memory, from, to, 0, length);
  }

  @Override
  public void close() {
    cores.close();
    api.free(context);
    threadPool.close();
    batch.close();
  }
}
