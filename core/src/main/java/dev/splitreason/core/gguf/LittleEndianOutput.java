package dev.splitreason.core.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** A buffered output that speaks the format's numbers, texts and rows. */
final class LittleEndianOutput implements AutoCloseable {

  private static final int BUFFER = 1 << 20;

  private final WritableByteChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private long flushed;

  LittleEndianOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  void int8(int value) throws IOException {
    room(1).put((byte) value);
  }

  void int32(int value) throws IOException {
    room(4).putInt(value);
  }

  void int64(long value) throws IOException {
    room(8).putLong(value);
  }

  void whole(GgufValueType type, long value) throws IOException {
    switch (type.bytes()) {
      case 1 -> int8((int) value);
      case 2 -> room(2).putShort((short) value);
      case 4 -> int32((int) value);
      default -> int64(value);
    }
  }

  void real(GgufValueType type, double value) throws IOException {
    if (type == GgufValueType.FLOAT32) {
      room(4).putFloat((float) value);
    } else {
      room(8).putDouble(value);
    }
  }

  void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int64(bytes.length);
    room(bytes.length).put(bytes);
  }

  /** The beginning of a list. */
  void list(GgufValueType element, int size) throws IOException {
    int32(element.code());
    int64(size);
  }

  void row(TensorSource source, float[] row) throws IOException {
    GgufTensorType type = source.type();
    ByteBuffer to = room(Math.toIntExact(type.bytes(row.length)));
    RowEncoder encoder = source.encoder();
    if (encoder == null) {
      RowCodec.encode(type, row, to);
    } else {
      encoder.encode(type, row, to);
    }
  }

  /** Fills with zeros up to a multiple of {@code alignment}. */
  void align(int alignment) throws IOException {
    while ((flushed + buffer.position()) % alignment != 0) {
      int8(0);
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
      if (buffer.capacity() < bytes) {
        buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    flushed += buffer.remaining();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
