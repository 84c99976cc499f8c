package dev.splitreason.training.checkpoint;

import dev.splitreason.core.model.ModelFileException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header of a safetensors file, checked as the format demands: every byte of the data belongs
 * to exactly one tensor.
 *
 * @param dataOffset where in the file the data begins
 */
record SafetensorsHeader(
    SequencedMap<String, SafetensorsFile.Entry> tensors,
    Map<String, String> metadata,
    long dataOffset) {

  /** The reference implementation refuses longer headers too. */
  static final long LONGEST = 100_000_000;

  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static SafetensorsHeader read(Path path, MemorySegment file) {
    if (file.byteSize() < Long.BYTES) {
      throw new ModelFileException(
          path, "too short for a safetensors file: " + file.byteSize() + " bytes");
    }
    long length = file.get(LENGTH, 0);
    if (length < 2 || length > LONGEST || length > file.byteSize() - Long.BYTES) {
      throw new ModelFileException(
          path,
          "damaged or no safetensors file: a header of %s bytes in a file of %d"
              .formatted(Long.toUnsignedString(length), file.byteSize()));
    }
    byte[] json = file.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
    return new Parsing(path, file.byteSize() - Long.BYTES - length)
        .parse(json, Long.BYTES + length);
  }

  /** The checks, with what their messages need. */
  private record Parsing(Path path, long dataBytes) {

    SafetensorsHeader parse(byte[] json, long dataOffset) {
      JsonNode root = readTree(json);
      if (!root.isObject()) {
        throw problem("the header is no JSON object");
      }
      SequencedMap<String, SafetensorsFile.Entry> tensors = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> property : root.properties()) {
        if (property.getKey().equals("__metadata__")) {
          readMetadata(property.getValue(), metadata);
        } else {
          tensors.put(property.getKey(), entry(property.getKey(), property.getValue()));
        }
      }
      requireEveryByteOnce(tensors);
      return new SafetensorsHeader(tensors, metadata, dataOffset);
    }

    private JsonNode readTree(byte[] json) {
      try {
        return JSON.readTree(json);
      } catch (JacksonException e) {
        throw new ModelFileException(
            path, "the header is no valid JSON: " + e.getOriginalMessage(), e);
      }
    }

    private void readMetadata(JsonNode notes, Map<String, String> metadata) {
      if (!notes.isObject()) {
        throw problem("__metadata__ is no JSON object");
      }
      for (Map.Entry<String, JsonNode> note : notes.properties()) {
        if (!note.getValue().isString()) {
          throw problem("__metadata__ '" + note.getKey() + "' is no text");
        }
        metadata.put(note.getKey(), note.getValue().stringValue());
      }
    }

    private SafetensorsFile.Entry entry(String name, JsonNode json) {
      String typeName = json.path("dtype").stringValue("");
      SafetensorsType type = SafetensorsType.named(typeName);
      if (type == null) {
        throw problem(
            "tensor '%s' has dtype '%s'; readable are %s"
                .formatted(name, typeName, Arrays.toString(SafetensorsType.values())));
      }
      long[] shape = naturals(name, "shape", json.path("shape"));
      long[] offsets = naturals(name, "data_offsets", json.path("data_offsets"));
      if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
        throw problem(
            "tensor '%s' has data_offsets %s in %d bytes of data"
                .formatted(name, Arrays.toString(offsets), dataBytes));
      }
      long bytes = bytes(name, shape, type);
      if (bytes != offsets[1] - offsets[0]) {
        throw problem(
            "tensor '%s' of shape %s and dtype %s needs %d bytes, its data_offsets hold %d"
                .formatted(name, Arrays.toString(shape), type, bytes, offsets[1] - offsets[0]));
      }
      return new SafetensorsFile.Entry(type, shape, offsets[0], offsets[1]);
    }

    private long[] naturals(String name, String field, JsonNode json) {
      if (!json.isArray()) {
        throw problem("tensor '" + name + "' has no list '" + field + "'");
      }
      long[] numbers = new long[json.size()];
      for (int i = 0; i < numbers.length; i++) {
        JsonNode number = json.get(i);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
          throw problem("tensor '%s' has %s %s".formatted(name, field, json));
        }
        numbers[i] = number.longValue();
      }
      return numbers;
    }

    private long bytes(String name, long[] shape, SafetensorsType type) {
      try {
        long bytes = type.bytes();
        for (long extent : shape) {
          bytes = Math.multiplyExact(bytes, extent);
        }
        return bytes;
      } catch (ArithmeticException e) {
        throw new ModelFileException(
            path, "tensor '" + name + "' of shape " + Arrays.toString(shape) + " is too large", e);
      }
    }

    private void requireEveryByteOnce(Map<String, SafetensorsFile.Entry> tensors) {
      List<Map.Entry<String, SafetensorsFile.Entry>> inOrder = new ArrayList<>(tensors.entrySet());
      inOrder.sort(
          Comparator.comparingLong(
                  (Map.Entry<String, SafetensorsFile.Entry> t) -> t.getValue().start())
              .thenComparingLong(t -> t.getValue().end()));
      long end = 0;
      for (Map.Entry<String, SafetensorsFile.Entry> tensor : inOrder) {
        if (tensor.getValue().start() != end) {
          throw problem(
              "tensor '%s' begins at byte %d of the data, %s at %d"
                  .formatted(
                      tensor.getKey(),
                      tensor.getValue().start(),
                      tensor.getValue().start() < end
                          ? "inside another that ends"
                          : "with a gap after the one that ends",
                      end));
        }
        end = tensor.getValue().end();
      }
      if (end != dataBytes) {
        throw problem("%d bytes of data belong to no tensor".formatted(dataBytes - end));
      }
    }

    private ModelFileException problem(String what) {
      return new ModelFileException(path, what);
    }
  }
}
