package dev.splitreason.core.gguf;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF file: its metadata, its tensors, and where their data lies. Reading takes the header only
 * and leaves nothing open; it fails unless all of the tensors' data is there.
 *
 * @param version of the format, 2 or 3
 * @param metadata by key, in the file's order
 * @param tensors in the file's order
 * @param alignment of tensor data, in bytes
 * @param dataOffset where in the file the tensors' data begins
 */
public record GgufFile(
    Path path,
    int version,
    Map<String, GgufValue> metadata,
    List<GgufTensor> tensors,
    int alignment,
    long dataOffset) {

  /**
   * Reads and checks a file's header.
   *
   * @throws ModelFileException if the file is missing, truncated, damaged or something else
   */
  public static GgufFile read(Path path) {
    if (!Files.exists(path)) {
      throw new ModelFileException(path, "no such file");
    }
    if (!Files.isRegularFile(path)) {
      throw new ModelFileException(path, "not a file");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      return HeaderReader.read(path, channel);
    } catch (IOException e) {
      throw ModelFileException.of(path, "cannot be read", e);
    }
  }

  /** The metadata text of a key, or null if there is none. */
  public @Nullable String text(String key) {
    return metadata.get(key) instanceof GgufValue.Text(String value) ? value : null;
  }

  /** The metadata number of a key, or null if there is no whole number. */
  public @Nullable Long whole(String key) {
    return metadata.get(key) instanceof GgufValue.Whole(var type, long value) ? value : null;
  }

  /** The metadata texts of a key, or null if there are none. */
  public @Nullable List<String> texts(String key) {
    return metadata.get(key) instanceof GgufValue.Texts(List<String> values) ? values : null;
  }

  /** The tensor of a name, or null if there is none. */
  public @Nullable GgufTensor tensor(String name) {
    for (GgufTensor tensor : tensors) {
      if (tensor.name().equals(name)) {
        return tensor;
      }
    }
    return null;
  }

  /** Whether a type is read here, without anybody's help. */
  public static boolean reads(GgufTensorType type) {
    return RowCodec.decodes(type);
  }

  /**
   * Reads the elements of a tensor, row after row.
   *
   * @throws ModelFileException if it is stored in a type that cannot be read, or has more elements
   *     than an array
   */
  public float[] floats(GgufTensor tensor) {
    return floats(tensor, null);
  }

  /**
   * Reads the elements of a tensor, row after row.
   *
   * @param others reads the types that are not read here; null for none
   * @throws ModelFileException if it is stored in a type that cannot be read, or has more elements
   *     than an array
   */
  public float[] floats(GgufTensor tensor, @Nullable RowDecoder others) {
    RowDecoder decoder = RowCodec.decodes(tensor.type()) ? RowCodec.OWN : others;
    if (decoder == null || !decoder.decodes(tensor.type())) {
      throw new ModelFileException(
          path, "tensor '" + tensor.name() + "' is stored as " + tensor.type() + ", not readable");
    }
    if (tensor.elements() > Integer.MAX_VALUE - 8) {
      throw new ModelFileException(
          path, "tensor '" + tensor.name() + "' is too large for an array");
    }
    float[] elements = new float[(int) tensor.elements()];
    try (FileChannel channel = FileChannel.open(path)) {
      channel.position(dataOffset + tensor.offset());
      readRows(channel, tensor, elements, decoder);
    } catch (IOException e) {
      throw ModelFileException.of(path, "cannot be read", e);
    }
    return elements;
  }

  private void readRows(
      FileChannel channel, GgufTensor tensor, float[] elements, RowDecoder decoder)
      throws IOException {
    int rowLength = (int) tensor.rowLength();
    ByteBuffer row = ByteBuffer.allocateDirect((int) tensor.type().bytes(rowLength));
    row.order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < elements.length; start += rowLength) {
      row.clear();
      while (row.hasRemaining()) {
        if (channel.read(row) < 0) {
          throw new ModelFileException(path, "became shorter since it was opened");
        }
      }
      decoder.decode(tensor.type(), row.flip(), elements, start, rowLength);
    }
  }
}
