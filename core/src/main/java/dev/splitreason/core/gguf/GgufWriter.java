package dev.splitreason.core.gguf;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes GGUF files, version 3. Tensors are streamed row by row. The file appears under its name
 * when it is complete: until then, and after a failure, whatever was there before stays.
 */
public final class GgufWriter {

  private static final int VERSION = 3;

  private final List<TensorSource> sources;
  private final List<GgufTensor> tensors = new ArrayList<>();
  private final Map<String, GgufValue> metadata;
  private final int alignment;

  private GgufWriter(Map<String, GgufValue> metadata, List<TensorSource> sources) {
    this.metadata = metadata;
    this.sources = sources;
    Integer asked = Alignment.of(metadata);
    if (asked == null) {
      throw new IllegalArgumentException(Alignment.complaint(metadata));
    }
    this.alignment = asked;
    Set<String> names = new HashSet<>();
    long offset = 0;
    for (TensorSource source : sources) {
      if (!names.add(source.name())) {
        throw new IllegalArgumentException("tensor '" + source.name() + "' is given twice");
      }
      GgufTensor tensor = source.at(offset);
      tensors.add(tensor);
      offset = Alignment.up(offset + tensor.bytes(), alignment);
    }
  }

  /**
   * Writes a file.
   *
   * @param metadata in the order to be written; {@code general.alignment} is obeyed
   * @param tensors in the order to be written
   * @throws ModelFileException if the file cannot be written, or an element cannot be stored in its
   *     type
   * @throws IllegalArgumentException if a tensor is given twice or the alignment is no power of two
   */
  public static void write(Path file, Map<String, GgufValue> metadata, List<TensorSource> tensors) {
    GgufWriter writer = new GgufWriter(metadata, tensors);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        writer.writeTo(file, part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw ModelFileException.of(file, "cannot be written", e);
    }
  }

  private void writeTo(Path file, Path part) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        LittleEndianOutput output = new LittleEndianOutput(channel)) {
      writeHeader(output);
      for (int i = 0; i < sources.size(); i++) {
        output.align(alignment);
        writeTensor(file, sources.get(i), tensors.get(i), output);
      }
      output.align(alignment);
    }
  }

  private void writeHeader(LittleEndianOutput output) throws IOException {
    output.int32(HeaderReader.MAGIC);
    output.int32(VERSION);
    output.int64(tensors.size());
    output.int64(metadata.size());
    for (Map.Entry<String, GgufValue> entry : metadata.entrySet()) {
      output.text(entry.getKey());
      output.int32(entry.getValue().type().code());
      writeValue(entry.getValue(), output);
    }
    for (GgufTensor tensor : tensors) {
      output.text(tensor.name());
      output.int32(tensor.shape().size());
      for (long extent : tensor.shape()) {
        output.int64(extent);
      }
      output.int32(tensor.type().id());
      output.int64(tensor.offset());
    }
  }

  private static void writeValue(GgufValue value, LittleEndianOutput output) throws IOException {
    switch (value) {
      case GgufValue.Whole(GgufValueType type, long number) -> output.whole(type, number);
      case GgufValue.Real(GgufValueType type, double number) -> output.real(type, number);
      case GgufValue.Flag(boolean flag) -> output.int8(flag ? 1 : 0);
      case GgufValue.Text(String text) -> output.text(text);
      case GgufValue.Wholes(GgufValueType element, List<Long> numbers) -> {
        output.list(element, numbers.size());
        for (long number : numbers) {
          output.whole(element, number);
        }
      }
      case GgufValue.Reals(GgufValueType element, List<Double> numbers) -> {
        output.list(element, numbers.size());
        for (double number : numbers) {
          output.real(element, number);
        }
      }
      case GgufValue.Flags(List<Boolean> flags) -> {
        output.list(GgufValueType.BOOL, flags.size());
        for (boolean flag : flags) {
          output.int8(flag ? 1 : 0);
        }
      }
      case GgufValue.Texts(List<String> texts) -> {
        output.list(GgufValueType.STRING, texts.size());
        for (String text : texts) {
          output.text(text);
        }
      }
    }
  }

  private static void writeTensor(
      Path file, TensorSource source, GgufTensor tensor, LittleEndianOutput output)
      throws IOException {
    float[] row = source.newRow();
    long rows = tensor.elements() / row.length;
    for (long index = 0; index < rows; index++) {
      source.rows().read(index, row);
      requireStorable(file, source, index, row);
      output.row(source, row);
    }
  }

  /** A NaN or an overflow would only show as nonsense when the file is used. */
  private static void requireStorable(Path file, TensorSource source, long index, float[] row) {
    float limit = RowCodec.largest(source.type());
    for (float element : row) {
      if (!(Math.abs(element) <= limit)) {
        throw new ModelFileException(
            file,
            "not written: row %d of tensor '%s' has an element of %s, %s holds at most %s"
                .formatted(index, source.name(), element, source.type(), limit));
      }
    }
  }
}
