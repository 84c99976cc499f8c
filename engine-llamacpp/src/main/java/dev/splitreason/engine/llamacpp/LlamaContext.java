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

  private final LlamaApi api;
  private final String modelName;
  private final CpuShare cpu;
  private final MemorySegment context;
  private final ThreadPool threadPool;
  private final MemorySegment memory;
  private final LlamaBatch batch;
  private final BatchLimits limits;
  private final int vocabularySize;

  /** Where in the batch a sequence's token at position 0 would be, by sequence. */
  private final int[] origins;

  LlamaContext(
      LlamaRuntime runtime,
      MemorySegment model,
      String modelName,
      LlamaCppOptions options,
      int cacheTokens,
      CpuShare cpu,
      int vocabularySize) {
    this.api = runtime.api();
    this.modelName = modelName;
    this.cpu = cpu;
    this.vocabularySize = vocabularySize;
    this.origins = new int[options.maxSessions()];
    int outputs =
        Math.max(
            options.maxSessions(),
            Math.clamp(LOGITS_BUDGET / vocabularySize, MIN_OUTPUTS, options.batchSize()));
    this.limits = new BatchLimits(options.batchSize(), outputs, PREFILL_BESIDE_DECODE);
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
    this.threadPool = new ThreadPool(api, cpu.threads());
    threadPool.attachTo(api, context);
    this.memory = api.getMemory(context);
    this.batch = new LlamaBatch(options.batchSize());
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
      LlamaLayouts.set(params, layout, "n_threads", cpu.threads());
      LlamaLayouts.set(params, layout, "n_threads_batch", cpu.threads());
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
    switch (decode()) {
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

  private int decode() {
    cpu.acquire();
    try {
      return api.decode(context, batch.struct());
    } finally {
      cpu.release();
    }
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
    api.free(context);
    threadPool.close();
    batch.close();
  }
}
