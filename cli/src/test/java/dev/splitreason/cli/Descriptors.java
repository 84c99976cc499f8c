package dev.splitreason.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The process's own standard streams, led through pipes for a while: what the C library writes and
 * what {@code /dev/stdout} names goes there too. For systems that have {@code dup2}.
 */
final class Descriptors {

  private static final int CHUNK = 1 << 16;

  private static final MethodHandle DUP = function("dup", JAVA_INT);
  private static final MethodHandle DUP2 = function("dup2", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = function("close", JAVA_INT);
  private static final MethodHandle PIPE = function("pipe", ADDRESS);
  private static final MethodHandle READ = function("read", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE = function("write", JAVA_INT, ADDRESS, JAVA_LONG);

  private Descriptors() {}

  /** Keeps what is written to a descriptor until it is closed. */
  static Captured capture(int descriptor) {
    int[] pipe = pipe();
    Replaced replaced = Replaced.by(descriptor, pipe[1]);
    var bytes = new ByteArrayOutputStream();
    Thread reader = Thread.ofPlatform().daemon().start(() -> drain(pipe[0], bytes));
    return new Captured(replaced, reader, bytes);
  }

  /** Gives a descriptor these bytes to read, and then the end. */
  static Fed feed(int descriptor, byte[] bytes) {
    int[] pipe = pipe();
    Replaced replaced = Replaced.by(descriptor, pipe[0]);
    Thread writer = Thread.ofPlatform().daemon().start(() -> pour(bytes, pipe[1]));
    return new Fed(replaced, writer);
  }

  /** What is written to a descriptor. */
  record Captured(Replaced replaced, Thread reader, ByteArrayOutputStream kept) {

    /** Gives the descriptor back what it was, and waits for the last byte. */
    void close() throws InterruptedException {
      replaced.restore();
      reader.join();
    }

    byte[] bytes() {
      return kept.toByteArray();
    }
  }

  /** What is read from a descriptor. */
  record Fed(Replaced replaced, Thread writer) implements AutoCloseable {

    /** Gives the descriptor back what it was; what was not read is lost. */
    @Override
    public void close() throws InterruptedException {
      replaced.restore();
      writer.join();
    }
  }

  /** A descriptor that stands for another file for a while. */
  private record Replaced(int descriptor, int original) {

    static Replaced by(int descriptor, int other) {
      int original = call(DUP, descriptor);
      int _ = call(DUP2, other, descriptor);
      int _ = call(CLOSE, other);
      return new Replaced(descriptor, original);
    }

    void restore() {
      int _ = call(DUP2, original, descriptor);
      int _ = call(CLOSE, original);
    }
  }

  private static int[] pipe() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      int _ = call(PIPE, ends);
      return ends.toArray(JAVA_INT);
    }
  }

  private static void drain(int from, ByteArrayOutputStream into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(CHUNK);
      for (int n = call(READ, from, chunk, (long) CHUNK);
          n > 0;
          n = call(READ, from, chunk, (long) CHUNK)) {
        into.writeBytes(chunk.asSlice(0, n).toArray(JAVA_BYTE));
      }
    }
    int _ = call(CLOSE, from);
  }

  /** Ends early where nobody reads any more. */
  private static void pour(byte[] bytes, int into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rest = arena.allocateFrom(JAVA_BYTE, bytes);
      for (int n = 1; n > 0 && rest.byteSize() > 0; ) {
        n = callOrFail(WRITE, into, rest, rest.byteSize());
        rest = rest.asSlice(Math.max(0, n));
      }
    }
    int _ = call(CLOSE, into);
  }

  private static int call(MethodHandle function, Object... arguments) {
    int result = callOrFail(function, arguments);
    if (result < 0) {
      throw new IllegalStateException("a call of the system failed");
    }
    return result;
  }

  private static int callOrFail(MethodHandle function, Object... arguments) {
    try {
      return ((Number) function.invokeWithArguments(arguments)).intValue();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle function(String name, MemoryLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    boolean counts = name.equals("read") || name.equals("write");
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(counts ? JAVA_LONG : JAVA_INT, parameters));
  }
}
