package dev.splitreason.training.checkpoint;

import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.training.tensor.TensorMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes safetensors files. A file appears under its name when it is complete and on the disk:
 * until then, and after a failure, whatever was there before stays.
 */
public final class SafetensorsWriter {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long PIECE = 1L << 26;

  private SafetensorsWriter() {}

  /**
   * Writes tensors in the given order, converted to {@code type}.
   *
   * @param metadata notes for the header
   * @throws ModelFileException if the file cannot be written
   */
  public static void write(
      Path file,
      SequencedMap<String, Tensor> tensors,
      SafetensorsType type,
      Map<String, String> metadata) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        try (FileChannel channel =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
          writeHeader(channel, header(tensors, type, metadata));
          for (Tensor tensor : tensors.values()) {
            writeElements(channel, tensor, type);
          }
          channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw ModelFileException.of(file, "cannot be written", e);
    }
  }

  private static ObjectNode header(
      SequencedMap<String, Tensor> tensors, SafetensorsType type, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode notes = header.putObject("__metadata__");
    notes.put("format", "pt"); // transformers refuses files without
    metadata.forEach(notes::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey());
      entry.put("dtype", type.name());
      ArrayNode shape = entry.putArray("shape");
      for (long dimension = 0; dimension < tensor.getValue().dim(); dimension++) {
        shape.add(tensor.getValue().size(dimension));
      }
      long end = offset + tensor.getValue().numel() * type.bytes();
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return header;
  }

  private static void writeHeader(FileChannel channel, ObjectNode header) throws IOException {
    byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(json.length, 8) * 8; // so that the data is aligned
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    writeFully(channel, bytes.flip());
  }

  private static void writeElements(FileChannel channel, Tensor tensor, SafetensorsType type)
      throws IOException {
    try (PointerScope _ = new PointerScope()) {
      Tensor stored =
          tensor.detach().to(new Device(torch.DeviceType.CPU), type.scalar()).contiguous();
      MemorySegment elements = TensorMemory.of(stored);
      for (long at = 0; at < elements.byteSize(); at += PIECE) {
        long length = Math.min(PIECE, elements.byteSize() - at);
        writeFully(channel, elements.asSlice(at, length).asByteBuffer());
      }
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
