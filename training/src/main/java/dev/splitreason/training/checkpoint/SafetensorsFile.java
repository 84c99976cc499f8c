package dev.splitreason.training.checkpoint;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A safetensors file, mapped into memory: names, shapes and types are checked when it is opened,
 * weights are read when they are asked for.
 *
 * <p>The format: the header's length (8 bytes, little-endian), a JSON header, the elements of all
 * tensors without gaps (<a
 * href="https://github.com/huggingface/safetensors#format">description</a>).
 */
public final class SafetensorsFile implements AutoCloseable {

  private final Path path;
  private final Arena arena;
  private final MemorySegment data;
  private final SafetensorsHeader header;

  private SafetensorsFile(Path path, Arena arena, MemorySegment data, SafetensorsHeader header) {
    this.path = path;
    this.arena = arena;
    this.data = data;
    this.header = header;
  }

  /**
   * Where a tensor lies.
   *
   * @param shape rows first, as in libtorch
   * @param start of its first byte after the header
   * @param end after its last byte
   */
  public record Entry(SafetensorsType type, long[] shape, long start, long end) {}

  /**
   * Opens a file.
   *
   * @throws ModelFileException if it is missing, truncated, damaged or something else
   */
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  public static SafetensorsFile open(Path path) {
    if (!Files.exists(path)) {
      throw new ModelFileException(path, "no such file");
    }
    if (!Files.isRegularFile(path)) {
      throw new ModelFileException(path, "not a file");
    }
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path)) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      SafetensorsHeader header = SafetensorsHeader.read(path, file);
      return new SafetensorsFile(path, arena, file.asSlice(header.dataOffset()), header);
    } catch (IOException e) {
      arena.close();
      throw ModelFileException.of(path, "cannot be read", e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /** The tensors by name, in the order of the header. */
  public SequencedMap<String, Entry> tensors() {
    return header.tensors();
  }

  /** The header's own notes. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** The stored elements of a tensor, little-endian, row after row; valid until closed. */
  public MemorySegment bytes(Entry entry) {
    return data.asSlice(entry.start(), entry.end() - entry.start());
  }

  /** Unmaps the file. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
