package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/**
 * Hears why ggml ends the process, in the moment before it does, in place of the page that it would
 * print; and keeps it from starting a debugger on itself.
 */
final class AbortReason {

  /** Set, ggml starts no debugger. */
  static final String NO_BACKTRACE = "GGML_NO_BACKTRACE";

  private final Consumer<String> listener;

  private AbortReason(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Tells {@code listener} from now on, whatever thread it happens on. */
  static void tell(SymbolLookup libraries, Consumer<String> listener) {
    setEnvironment();
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor callback = FunctionDescriptor.ofVoid(ADDRESS);
      MemorySegment stub =
          linker.upcallStub(
              MethodHandles.lookup()
                  .findVirtual(
                      AbortReason.class,
                      "aborting",
                      MethodType.methodType(void.class, MemorySegment.class))
                  .bindTo(new AbortReason(listener)),
              callback,
              Arena.global());
      NativeFunctions.call(
          new NativeFunctions(libraries).bind("ggml_set_abort_callback", ADDRESS, ADDRESS), stub);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("its own method", e);
    }
  }

  void aborting(MemorySegment message) {
    try {
      listener.accept(shortened(NativeFunctions.string(message)));
    } catch (RuntimeException e) {
      // The process ends anyway; nothing may pass through the native frames above this one.
    }
  }

  /** Without the folders of the machine that the library was built on. */
  static String shortened(String message) {
    return message.strip().replaceFirst("^.*[/\\\\](?=[^/\\\\:]+:\\d+: )", "");
  }

  private static void setEnvironment() {
    // ggml reads the environment of C, which System.getenv only copies.
    SymbolLookup c = Linker.nativeLinker().defaultLookup();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(NO_BACKTRACE);
      MemorySegment value = arena.allocateFrom("1");
      if (c.find("setenv").isPresent()) {
        NativeFunctions.call(
            new NativeFunctions(c).bind("setenv", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
            name,
            value,
            0);
      } else if (c.find("_putenv_s").isPresent()) {
        NativeFunctions.call(
            new NativeFunctions(c).bind("_putenv_s", JAVA_INT, ADDRESS, ADDRESS), name, value);
      }
    }
  }
}
