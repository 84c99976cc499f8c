package dev.splitreason.core.gguf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A GGUF file spelled out field by field, so that a test can lie in any of them. */
final class RawGguf {

  private final ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

  static RawGguf header(int version, long tensors, long entries) {
    return new RawGguf().letters("GGUF").int32(version).int64(tensors).int64(entries);
  }

  RawGguf letters(String letters) {
    bytes.put(letters.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  RawGguf text(String text) {
    return int64(text.getBytes(StandardCharsets.UTF_8).length).letters(text);
  }

  RawGguf int32(int value) {
    bytes.putInt(value);
    return this;
  }

  RawGguf int64(long value) {
    bytes.putLong(value);
    return this;
  }

  RawGguf key(String key, GgufValueType type) {
    return text(key).int32(type.code());
  }

  RawGguf list(String key, GgufValueType element, long size) {
    return key(key, GgufValueType.ARRAY).int32(element.code()).int64(size);
  }

  RawGguf tensor(String name, GgufTensorType type, long offset, long... shape) {
    text(name).int32(shape.length);
    for (long extent : shape) {
      int64(extent);
    }
    return int32(type.id()).int64(offset);
  }

  /** Zeros up to the next multiple of 32, then as many as said. */
  RawGguf data(int size) {
    bytes.position((int) Alignment.up(bytes.position(), 32) + size);
    return this;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  Path in(Path folder) {
    try {
      return Files.write(folder.resolve("raw.gguf"), bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
