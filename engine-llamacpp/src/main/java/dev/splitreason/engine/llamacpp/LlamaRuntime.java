package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.engine.llamacpp.trial.TrialReport;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The llama.cpp libraries of this process, loaded once on first use: from the folder that {@code
 * SPLITREASON_LLAMA_HOME} names, else from the natives artifact on the class path.
 */
public final class LlamaRuntime {

  private static @Nullable LlamaRuntime instance;

  private final LlamaApi api;
  private final NativeLog log;
  private final Path folder;

  private LlamaRuntime(LlamaApi api, NativeLog log, Path folder) {
    this.api = api;
    this.log = log;
    this.folder = folder;
  }

  /**
   * What was loaded; loads it if need be.
   *
   * @throws ModelException if there are no libraries for this platform, or not the expected ones
   */
  public static RuntimeInfo describe() {
    LlamaRuntime runtime = get();
    List<String> devices =
        LongStream.range(0, runtime.api.deviceCount()).mapToObj(runtime.api::device).toList();
    return new RuntimeInfo(
        runtime.api.version(), runtime.folder, runtime.log.cpuVariant(), devices);
  }

  static synchronized LlamaRuntime get() {
    if (instance == null) {
      instance = load(NativeLibraries.locate(), NativeLog.toLogger(), LlamaRuntime::lastWords);
    }
    return instance;
  }

  /** For a process that only tries a file: nothing is logged, its parent hears why it ends. */
  static LlamaRuntime forTrial() {
    return load(NativeLibraries.locate(), NativeLog.silent(), TrialReport.ABORTED::send);
  }

  /** All that can still be done for a process that llama.cpp ends is to say so. */
  private static void lastWords(String reason) {
    System.err.println("llama.cpp ends this process: " + reason);
  }

  Path folder() {
    return folder;
  }

  LlamaApi api() {
    return api;
  }

  NativeLog log() {
    return log;
  }

  private static LlamaRuntime load(
      NativeLibraries libraries, NativeLog log, Consumer<String> aborting) {
    try {
      List<SymbolLookup> lookups = new ArrayList<>();
      for (Path library : libraries.inLoadOrder()) {
        lookups.add(SymbolLookup.libraryLookup(library, Arena.global()));
      }
      SymbolLookup symbols = lookups.stream().reduce(SymbolLookup::or).orElseThrow();
      LlamaApi api = new LlamaApi(symbols);
      checkLayouts(api);
      AbortReason.tell(symbols, aborting);
      api.logSet(log, Arena.global());
      api.loadAllBackendsFrom(libraries.folder().toString());
      api.backendInit();
      if (api.deviceCount() == 0) {
        throw new IllegalStateException("it has no backend that runs on this machine");
      }
      return new LlamaRuntime(api, log, libraries.folder());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ModelException(
          ModelException.Kind.NOT_LOADABLE,
          "the llama.cpp libraries in "
              + libraries.folder()
              + " cannot be used: "
              + e.getMessage()
              + " (made for llama.cpp "
              + NativeLibraries.EXPECTED_VERSION
              + ")",
          e);
    }
  }

  private static void checkLayouts(LlamaApi api) {
    try (Arena arena = Arena.ofConfined()) {
      LlamaLayouts.check(api.modelDefaultParams(arena), api.contextDefaultParams(arena));
    }
  }
}
