package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.splitreason.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A llama.cpp context with its KV cache, and the one batch that is being filled. Owned by the
 * {@link Scheduler}'s thread.
 *
 * <p>The KV cache is unified: all sequences share its cells, so that a fork copies nothing and a
 * long session may use what short ones leave.
 */
final class LlamaContext implements AutoCloseable {

  /** What became of a batch. */
  enum Outcome {
    DONE,
    NO_ROOM,
    FAILED
  }

  // Logits of one batch take outputs x vocabulary x 4 bytes; this bounds them to 64 MiB or so.
  private static final int LOGITS_BUDGET = 16 << 20;
  private static final int MIN_OUTPUTS = 16;

  private final LlamaApi api;
  private final MemorySegment context;
  private final ThreadPool threadPool;
  private final MemorySegment memory;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment batch;
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment sequences;
  private final MemorySegment wanted;
  private final int vocabularySize;
  private final int capacity;
  private final int maxOutputs;
  private int size;

  LlamaContext(
      LlamaRuntime runtime,
      MemorySegment model,
      LlamaCppOptions options,
      int cacheTokens,
      int threads,
      int vocabularySize) {
    this.api = runtime.api();
    this.vocabularySize = vocabularySize;
    this.capacity = options.batchSize();
    this.maxOutputs =
        Math.max(
            options.maxSessions(),
            Math.clamp(LOGITS_BUDGET / vocabularySize, MIN_OUTPUTS, options.batchSize()));
    runtime.log().clearErrors();
    this.context = create(model, options, cacheTokens, threads);
    if (context.equals(MemorySegment.NULL)) {
      arena.close();
      throw new ModelException(
          ModelException.Kind.NOT_LOADABLE,
          "no context of "
              + cacheTokens
              + " tokens could be made"
              + LlamaCppModel.because(runtime.log().errors()));
    }
    this.threadPool = new ThreadPool(api, threads);
    threadPool.attachTo(api, context);
    this.memory = api.getMemory(context);
    this.tokens = arena.allocate(JAVA_INT, capacity);
    this.positions = arena.allocate(JAVA_INT, capacity);
    this.sequences = arena.allocate(JAVA_INT, capacity);
    this.wanted = arena.allocate(JAVA_BYTE, capacity);
    this.batch = wireBatch();
  }

  private MemorySegment create(
      MemorySegment model, LlamaCppOptions options, int cacheTokens, int threads) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment params = api.contextDefaultParams(scratch);
      var layout = LlamaLayouts.CONTEXT_PARAMS;
      LlamaLayouts.set(params, layout, "n_ctx", cacheTokens);
      LlamaLayouts.set(params, layout, "n_batch", capacity);
      LlamaLayouts.set(params, layout, "n_ubatch", capacity);
      LlamaLayouts.set(params, layout, "n_seq_max", options.maxSessions());
      LlamaLayouts.set(params, layout, "n_outputs_max", maxOutputs);
      LlamaLayouts.set(params, layout, "n_outputs_max_per_seq", 0);
      LlamaLayouts.set(params, layout, "n_threads", threads);
      LlamaLayouts.set(params, layout, "n_threads_batch", threads);
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

  /** Points llama_batch at this object's arrays; every token belongs to exactly one sequence. */
  private MemorySegment wireBatch() {
    MemorySegment counts = arena.allocate(JAVA_INT, capacity);
    MemorySegment sequencePointers = arena.allocate(ADDRESS, capacity);
    for (int i = 0; i < capacity; i++) {
      counts.setAtIndex(JAVA_INT, i, 1);
      sequencePointers.setAtIndex(ADDRESS, i, sequences.asSlice(4L * i, 4));
    }
    MemorySegment struct = arena.allocate(LlamaLayouts.BATCH);
    LlamaLayouts.set(struct, LlamaLayouts.BATCH, "token", tokens);
    LlamaLayouts.set(struct, LlamaLayouts.BATCH, "pos", positions);
    LlamaLayouts.set(struct, LlamaLayouts.BATCH, "n_seq_id", counts);
    LlamaLayouts.set(struct, LlamaLayouts.BATCH, "seq_id", sequencePointers);
    LlamaLayouts.set(struct, LlamaLayouts.BATCH, "logits", wanted);
    return struct;
  }

  /** The most tokens of a batch. */
  int capacity() {
    return capacity;
  }

  /** The most tokens of a batch that may ask for logits. */
  int maxOutputs() {
    return maxOutputs;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds a token to the batch. */
  void add(int sequence, int position, int token, boolean logits) {
    tokens.setAtIndex(JAVA_INT, size, token);
    positions.setAtIndex(JAVA_INT, size, position);
    sequences.setAtIndex(JAVA_INT, size, sequence);
    wanted.set(JAVA_BYTE, size, (byte) (logits ? 1 : 0));
    size++;
  }

  void clear() {
    size = 0;
  }

  /**
   * Computes the batch. After anything but {@link Outcome#DONE} the KV cache may hold parts of it.
   */
  Outcome compute() {
    LlamaLayouts.set(batch, LlamaLayouts.BATCH, "n_tokens", size);
    return switch (api.decode(context, batch)) {
      case 0 -> Outcome.DONE;
      case 1 -> Outcome.NO_ROOM;
      default -> Outcome.FAILED;
    };
  }

  /**
   * Copies the logits of the batch's i-th token, which must have asked for them, to {@code row},
   * shape [vocabulary].
   */
  void logits(int index, float[] row) {
    MemorySegment logits = api.getLogitsIth(context, index);
    if (logits.equals(MemorySegment.NULL)) {
      throw new ModelException(ModelException.Kind.UNAVAILABLE, "llama.cpp computed no logits");
    }
    MemorySegment.copy(
        logits.reinterpret(4L * vocabularySize), JAVA_FLOAT, 0, row, 0, vocabularySize);
  }

  /** Drops a sequence's tokens from a position on. */
  void trim(int sequence, int from) {
    api.memorySeqRm(memory, sequence, from, -1);
  }

  /** Lets {@code target} share the first {@code length} tokens of {@code source}. */
  void share(int source, int target, int length) {
    api.memorySeqCp(memory, source, target, 0, length);
  }

  @Override
  public void close() {
    api.free(context);
    threadPool.close();
    arena.close();
  }
}
