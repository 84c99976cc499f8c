package dev.splitreason.core.gguf;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and checks a header, in the order of the format: version, metadata, tensors, bounds. */
final class HeaderReader {

  /** The letters GGUF as a little-endian number. */
  static final int MAGIC = 0x4655_4747;

  /** More entries or tensors than any model has; bounds the heap that a hostile header takes. */
  private static final int MAX_COUNT = 1 << 16;

  /** ggml's GGML_MAX_DIMS. */
  private static final int MAX_DIMENSIONS = 4;

  private final Path file;
  private final HeaderBytes header;

  private HeaderReader(Path file, HeaderBytes header) {
    this.file = file;
    this.header = header;
  }

  static GgufFile read(Path file, FileChannel channel) throws IOException {
    return new HeaderReader(file, new HeaderBytes(file, channel)).read();
  }

  private GgufFile read() throws IOException {
    int version = readVersion();
    long tensorCount = readCount("tensors", 24);
    long metadataCount = readCount("metadata entries", 13);
    Map<String, GgufValue> metadata = readMetadata(metadataCount);
    int alignment = alignment(metadata);
    List<GgufTensor> tensors = readTensors(tensorCount);
    long dataOffset = Alignment.up(header.position(), alignment);
    checkBounds(tensors, alignment, dataOffset);
    return new GgufFile(file, version, metadata, tensors, alignment, dataOffset);
  }

  private int readVersion() throws IOException {
    if (header.fileSize() == 0) {
      throw failure("not a GGUF file: it is empty");
    }
    byte[] magic = header.copy(Math.min(Integer.BYTES, header.fileSize()), "the magic number");
    if (magic.length < Integer.BYTES || littleEndian(magic).getInt() != MAGIC) {
      throw failure("not a GGUF file: it begins with " + printable(magic) + " instead of 'GGUF'");
    }
    int version = header.int32("the version");
    if (version == 2 || version == 3) {
      return version;
    }
    boolean bigEndian = version != 0 && (version & 0xFFFF) == 0;
    throw failure(
        bigEndian
            ? "is in big-endian byte order; only little-endian files can be read"
            : "is GGUF version "
                + Integer.toUnsignedString(version)
                + "; versions 2 and 3 can be read");
  }

  private long readCount(String what, int bytesEach) throws IOException {
    long count = header.int64("the number of " + what);
    header.expect(count, bytesEach, what);
    if (count > MAX_COUNT) {
      throw failure("announces " + count + " " + what + "; at most " + MAX_COUNT + " can be read");
    }
    return count;
  }

  private Map<String, GgufValue> readMetadata(long count) throws IOException {
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      String key = header.text("the key of metadata entry " + i);
      if (key.isEmpty()) {
        throw failure("metadata entry " + i + " has no key");
      }
      GgufValue value = readValue(key);
      if (metadata.putIfAbsent(key, value) != null) {
        throw failure("has metadata key '" + key + "' twice");
      }
    }
    return Collections.unmodifiableMap(metadata);
  }

  private GgufValue readValue(String key) throws IOException {
    String what = "'" + key + "'";
    GgufValueType type = readType(what);
    return switch (type) {
      case STRING -> new GgufValue.Text(header.text(what));
      case BOOL -> new GgufValue.Flag(header.uint8(what) != 0);
      case FLOAT32, FLOAT64 ->
          new GgufValue.Real(
              type, PackedNumbers.real(type, littleEndian(header.copy(type.bytes(), what)), 0));
      case ARRAY -> readArray(what);
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
          new GgufValue.Whole(
              type, PackedNumbers.whole(type, littleEndian(header.copy(type.bytes(), what)), 0));
    };
  }

  private GgufValue readArray(String what) throws IOException {
    GgufValueType element = readType(what);
    long count = header.int64("the length of " + what);
    if (element == GgufValueType.STRING) {
      return readTexts(count, what);
    }
    if (element == GgufValueType.ARRAY) {
      throw failure("metadata " + what + " is a list of lists; llama.cpp has none");
    }
    header.expect(count, element.bytes(), "elements of " + what);
    byte[] bytes = header.copy(count * element.bytes(), what);
    if (element == GgufValueType.BOOL) {
      return new GgufValue.Flags(PackedNumbers.flags(bytes));
    }
    return element.whole()
        ? new GgufValue.Wholes(element, PackedNumbers.wholes(element, bytes))
        : new GgufValue.Reals(element, PackedNumbers.reals(element, bytes));
  }

  private GgufValue readTexts(long count, String what) throws IOException {
    header.expect(count, Long.BYTES, "elements of " + what);
    int first = header.position();
    int[] starts = new int[(int) count + 1];
    for (int i = 0; i < count; i++) {
      long length = header.int64(what);
      starts[i] = header.position() - first;
      header.skip(length, what);
    }
    starts[(int) count] = header.position() - first + Long.BYTES;
    return new GgufValue.Texts(new PackedTexts(header.copySince(first), starts));
  }

  private GgufValueType readType(String what) throws IOException {
    int code = header.int32("the type of " + what);
    GgufValueType type = GgufValueType.ofCode(code);
    if (type == null) {
      throw failure("metadata " + what + " has the unknown type " + Integer.toUnsignedString(code));
    }
    return type;
  }

  private int alignment(Map<String, GgufValue> metadata) {
    Integer alignment = Alignment.of(metadata);
    if (alignment == null) {
      throw failure("not a valid header: " + Alignment.complaint(metadata));
    }
    return alignment;
  }

  private List<GgufTensor> readTensors(long count) throws IOException {
    List<GgufTensor> tensors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (long i = 0; i < count; i++) {
      GgufTensor tensor = readTensor("the name of tensor " + i);
      if (!names.add(tensor.name())) {
        throw failure("has tensor '" + tensor.name() + "' twice");
      }
      tensors.add(tensor);
    }
    return Collections.unmodifiableList(tensors);
  }

  private GgufTensor readTensor(String nameOf) throws IOException {
    String name = header.text(nameOf);
    String what = "tensor '" + name + "'";
    int dimensions = header.int32("the shape of " + what);
    if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
      throw failure(
          what + " has " + Integer.toUnsignedString(dimensions) + " dimensions, at most 4 exist");
    }
    List<Long> shape = new ArrayList<>(dimensions);
    for (int i = 0; i < dimensions; i++) {
      shape.add(header.int64("the shape of " + what));
    }
    int typeId = header.int32("the type of " + what);
    GgufTensorType type = GgufTensorType.ofId(typeId);
    if (type == null) {
      throw failure(what + " has the unknown type " + Integer.toUnsignedString(typeId));
    }
    return checked(new GgufTensor(name, shape, type, header.int64("the offset of " + what)));
  }

  private GgufTensor checked(GgufTensor tensor) {
    boolean possible = tensor.shape().stream().allMatch(extent -> extent >= 0);
    if (possible) {
      try {
        possible = tensor.bytes() >= 0;
      } catch (ArithmeticException e) {
        possible = false;
      }
    }
    if (!possible) {
      throw failure("tensor '" + tensor.name() + "' has the impossible shape " + tensor.shape());
    }
    if (tensor.rowLength() % tensor.type().blockElements() != 0) {
      throw failure(
          "tensor '%s' has rows of %d elements, but %s stores them in blocks of %d"
              .formatted(
                  tensor.name(), tensor.rowLength(), tensor.type(), tensor.type().blockElements()));
    }
    return tensor;
  }

  private void checkBounds(List<GgufTensor> tensors, int alignment, long dataOffset) {
    long size = header.fileSize();
    long end = 0;
    for (GgufTensor tensor : tensors) {
      long offset = tensor.offset();
      if (offset < 0
          || offset % alignment != 0
          || offset > Long.MAX_VALUE - dataOffset - tensor.bytes()) {
        throw failure(
            "tensor '%s' has the impossible offset %s (alignment is %d)"
                .formatted(tensor.name(), Long.toUnsignedString(offset), alignment));
      }
      end = Math.max(end, dataOffset + offset + tensor.bytes());
    }
    if (end > size) {
      throw failure(
          "truncated: %d bytes are missing (its tensors end at %d, the file at %d)"
              .formatted(end - size, end, size));
    }
  }

  private ModelFileException failure(String problem) {
    return new ModelFileException(file, problem);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String printable(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return "'" + text.replaceAll("[^ -~]", "?") + "'";
  }
}
