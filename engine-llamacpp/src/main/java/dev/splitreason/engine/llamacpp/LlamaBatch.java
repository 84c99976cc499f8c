package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A {@code llama_batch} that is filled again and again: tokens, each with its position in its one
 * sequence, and whether its logits are wanted.
 */
final class LlamaBatch implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final MemorySegment struct;
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment sequences;
  private final MemorySegment wanted;
  private int size;

  LlamaBatch(int capacity) {
    this.tokens = arena.allocate(JAVA_INT, capacity);
    this.positions = arena.allocate(JAVA_INT, capacity);
    this.sequences = arena.allocate(JAVA_INT, capacity);
    this.wanted = arena.allocate(JAVA_BYTE, capacity);
    this.struct = wire(capacity);
  }

  /** Points the struct at this object's arrays; every token belongs to exactly one sequence. */
  private MemorySegment wire(int capacity) {
    MemorySegment counts = arena.allocate(JAVA_INT, capacity);
    MemorySegment sequencePointers = arena.allocate(ADDRESS, capacity);
    for (int i = 0; i < capacity; i++) {
      counts.setAtIndex(JAVA_INT, i, 1);
      sequencePointers.setAtIndex(ADDRESS, i, sequences.asSlice(4L * i, 4));
    }
    MemorySegment batch = arena.allocate(LlamaLayouts.BATCH);
    LlamaLayouts.set(batch, LlamaLayouts.BATCH, "token", tokens);
    LlamaLayouts.set(batch, LlamaLayouts.BATCH, "pos", positions);
    LlamaLayouts.set(batch, LlamaLayouts.BATCH, "n_seq_id", counts);
    LlamaLayouts.set(batch, LlamaLayouts.BATCH, "seq_id", sequencePointers);
    LlamaLayouts.set(batch, LlamaLayouts.BATCH, "logits", wanted);
    return batch;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  void add(int sequence, int position, int token, boolean logits) {
    tokens.setAtIndex(JAVA_INT, size, token);
    positions.setAtIndex(JAVA_INT, size, position);
    sequences.setAtIndex(JAVA_INT, size, sequence);
    wanted.set(JAVA_BYTE, size, (byte) (logits ? 1 : 0));
    size++;
  }

  /** The struct, as it is filled now. */
  MemorySegment struct() {
    LlamaLayouts.set(struct, LlamaLayouts.BATCH, "n_tokens", size);
    return struct;
  }

  @Override
  public void close() {
    arena.close();
  }
}
