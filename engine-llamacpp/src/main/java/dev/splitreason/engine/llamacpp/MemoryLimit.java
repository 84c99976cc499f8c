package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/** The most memory that this process may have of its own, mapped files aside; on Linux only. */
final class MemoryLimit {

  /** {@code RLIMIT_DATA}. */
  private static final int DATA = 2;

  private MemoryLimit() {}

  /** Lets every allocation fail that would go beyond so many bytes. */
  static void set(long bytes) {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = arena.allocateFrom(JAVA_LONG, bytes, bytes);
      NativeFunctions.call(
          new NativeFunctions(Linker.nativeLinker().defaultLookup())
              .bind("setrlimit", JAVA_INT, JAVA_INT, ADDRESS),
          DATA,
          limits);
    }
  }
}
