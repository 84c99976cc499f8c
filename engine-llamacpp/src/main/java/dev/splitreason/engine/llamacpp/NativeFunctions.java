package dev.splitreason.engine.llamacpp;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Binds and calls functions of a native library by their names. */
final class NativeFunctions {

  private static final Linker LINKER = Linker.nativeLinker();

  private final SymbolLookup symbols;

  NativeFunctions(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /**
   * Binds a function.
   *
   * @param result null for void
   * @throws IllegalStateException if the library lacks it
   */
  MethodHandle bind(String name, @Nullable MemoryLayout result, MemoryLayout... parameters) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(() -> new IllegalStateException("it has no function " + name));
    return at(address, result, parameters);
  }

  /** Binds the function at an address; {@code result} is null for void. */
  static MethodHandle at(
      MemorySegment address, @Nullable MemoryLayout result, MemoryLayout... parameters) {
    FunctionDescriptor descriptor =
        result == null
            ? FunctionDescriptor.ofVoid(parameters)
            : FunctionDescriptor.of(result, parameters);
    return LINKER.downcallHandle(address, descriptor);
  }

  /** Calls what is not on the path of a token: convenient, but slower than {@code invokeExact}. */
  static Object call(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** What to throw when a call throws, which no function of C does. */
  static AssertionError failed(Throwable t) {
    return new AssertionError("a call into llama.cpp failed", t);
  }

  /** A NUL-terminated UTF-8 string at an address. */
  static String string(MemorySegment address) {
    return address.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_8);
  }
}
