package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.RowDecoder;
import dev.splitreason.core.gguf.RowEncoder;
import dev.splitreason.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Stored rows as numbers, by ggml's own {@code to_float} of each type, and numbers as stored rows,
 * as ggml quantises. Thread-safe.
 */
public final class GgmlRows implements RowDecoder, RowEncoder {

  /** Those that need no weights of importance. */
  private static final Set<GgufTensorType> WRITTEN =
      EnumSet.of(
          GgufTensorType.Q4_0,
          GgufTensorType.Q4_1,
          GgufTensorType.Q5_0,
          GgufTensorType.Q5_1,
          GgufTensorType.Q8_0,
          GgufTensorType.Q2_K,
          GgufTensorType.Q3_K,
          GgufTensorType.Q4_K,
          GgufTensorType.Q5_K,
          GgufTensorType.Q6_K);

  /** The head of {@code struct ggml_type_traits}. */
  static final StructLayout TRAITS =
      MemoryLayout.structLayout(
          ValueLayout.ADDRESS.withName("type_name"),
          JAVA_LONG.withName("blck_size"),
          JAVA_LONG.withName("blck_size_interleave"),
          JAVA_LONG.withName("type_size"),
          ValueLayout.JAVA_BOOLEAN.withName("is_quantized"),
          MemoryLayout.paddingLayout(7),
          ValueLayout.ADDRESS.withName("to_float"));

  private final LlamaApi api;
  private final Map<GgufTensorType, MethodHandle> readers = new EnumMap<>(GgufTensorType.class);

  GgmlRows(LlamaApi api) {
    this.api = api;
    for (GgufTensorType type : GgufTensorType.values()) {
      MemorySegment traits = api.typeTraits(type.id()).reinterpret(TRAITS.byteSize());
      long elements = LlamaLayouts.getLong(traits, TRAITS, "blck_size");
      long bytes = LlamaLayouts.getLong(traits, TRAITS, "type_size");
      MemorySegment reader = LlamaLayouts.getAddress(traits, TRAITS, "to_float");
      // A type that this ggml lays out otherwise, or does not know, is not read at all.
      if (!reader.equals(MemorySegment.NULL)
          && elements == type.blockElements()
          && bytes == type.blockBytes()) {
        readers.put(
            type,
            NativeFunctions.at(reader, null, ValueLayout.ADDRESS, ValueLayout.ADDRESS, JAVA_LONG));
      }
    }
  }

  /**
   * Those of the libraries in use.
   *
   * @throws ModelException if there are none
   */
  public static GgmlRows ofRuntime() {
    return new GgmlRows(LlamaRuntime.get().api());
  }

  @Override
  public boolean decodes(GgufTensorType type) {
    return readers.containsKey(type);
  }

  @Override
  public void decode(
      GgufTensorType type, ByteBuffer from, float[] elements, int start, int length) {
    MethodHandle reader = readers.get(type);
    if (reader == null
        || length % type.blockElements() != 0
        || from.remaining() != type.bytes(length)) {
      throw new IllegalArgumentException(
          "%d bytes are no row of %d elements in %s".formatted(from.remaining(), length, type));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment row = arena.allocate(from.remaining(), Long.BYTES);
      MemorySegment.copy(MemorySegment.ofBuffer(from), 0, row, 0, from.remaining());
      MemorySegment numbers = arena.allocate(JAVA_FLOAT, length);
      NativeFunctions.call(reader, row, numbers, (long) length);
      MemorySegment.copy(numbers, JAVA_FLOAT, 0, elements, start, length);
    }
  }

  @Override
  public boolean encodes(GgufTensorType type) {
    return WRITTEN.contains(type);
  }

  @Override
  public void encode(GgufTensorType type, float[] row, ByteBuffer to) {
    if (!encodes(type) || row.length % type.blockElements() != 0) {
      throw new IllegalArgumentException(
          "%d elements are not written as a row in %s".formatted(row.length, type));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocateFrom(JAVA_FLOAT, row);
      long size = type.bytes(row.length);
      MemorySegment stored = arena.allocate(size, Long.BYTES);
      long written = api.quantizeRow(type.id(), numbers, stored, row.length);
      if (written != size) {
        throw new IllegalStateException("ggml wrote " + written + " bytes, not " + size);
      }
      to.put(stored.asByteBuffer());
    }
  }
}
