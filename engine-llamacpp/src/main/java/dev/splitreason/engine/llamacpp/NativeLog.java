package dev.splitreason.engine.llamacpp;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes llama.cpp's own log to SLF4J (logger {@code llama.cpp}), quiet by default: its information
 * is our debug, its warnings and errors our info, because what matters of them comes back in a
 * {@link dev.splitreason.core.model.ModelException}. Keeps the last complaints for that, and the
 * name of the CPU variant, which the library tells in its log only.
 */
final class NativeLog implements LlamaApi.LogSink {

  // enum ggml_log_level
  private static final int INFO = 2;
  private static final int WARN = 3;
  private static final int ERROR = 4;
  private static final int CONTINUED = 5;

  private static final int KEPT_ERRORS = 8;

  private final StringBuilder line = new StringBuilder();
  private int lineLevel = INFO;
  private final Deque<String> errors = new ArrayDeque<>();
  private volatile String cpuVariant = "unknown";
  private final @Nullable Logger logger;

  private NativeLog(@Nullable Logger logger) {
    this.logger = logger;
  }

  /** Passes all on to SLF4J. */
  static NativeLog toLogger() {
    return new NativeLog(LoggerFactory.getLogger("llama.cpp"));
  }

  /** Keeps complaints and passes nothing on; loads no logging library either. */
  static NativeLog silent() {
    return new NativeLog(null);
  }

  @Override
  public synchronized void log(int level, MemorySegment text, MemorySegment userData) {
    try {
      if (level != CONTINUED && line.isEmpty()) {
        lineLevel = level;
      }
      line.append(NativeFunctions.string(text));
      if (!line.isEmpty() && line.charAt(line.length() - 1) == '\n') {
        emit(line.toString().stripTrailing());
        line.setLength(0);
      }
    } catch (RuntimeException e) {
      // An exception must not pass through the native frames above this one.
      if (logger != null) {
        logger.debug("a line of llama.cpp's log was lost", e);
      }
    }
  }

  /** The CPU variant of ggml that was loaded, such as {@code zen4}. */
  String cpuVariant() {
    return cpuVariant;
  }

  /** Forgets the complaints so far. */
  synchronized void clearErrors() {
    errors.clear();
  }

  /** The last complaints, oldest first. */
  synchronized List<String> errors() {
    return List.copyOf(errors);
  }

  private void emit(String message) {
    if (message.isBlank()) {
      return;
    }
    int variant = message.indexOf("ggml-cpu-");
    if (variant >= 0 && message.contains("loaded CPU backend")) {
      cpuVariant = message.substring(variant + "ggml-cpu-".length()).replaceAll("\\W.*", "");
    }
    if (lineLevel == ERROR) {
      if (errors.size() == KEPT_ERRORS) {
        errors.removeFirst();
      }
      errors.addLast(message);
    }
    if (logger != null) {
      switch (lineLevel) {
        case ERROR, WARN -> logger.info("{}", message);
        case INFO -> logger.debug("{}", message);
        default -> logger.trace("{}", message);
      }
    }
  }
}
