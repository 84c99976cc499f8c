package dev.splitreason.cli.output;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a person looks at a stream. The C library is asked for each stream by itself, since
 * {@link System#console} only knows whether stdin and stdout both are terminals.
 */
public final class Terminal {

  private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);

  private Terminal() {}

  /** Whether stdin is a terminal. */
  public static boolean isStdin() {
    return isTerminal(0);
  }

  /** Whether stdout is a terminal. */
  public static boolean isStdout() {
    return isTerminal(1);
  }

  /** Whether stderr is a terminal. */
  public static boolean isStderr() {
    return isTerminal(2);
  }

  /**
   * Whether stdout should be coloured: it is a terminal that can, and the user did not say no
   * (NO_COLOR, see no-color.org).
   */
  public static boolean wantsColor(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"))
        && isStdout();
  }

  private static boolean isTerminal(int descriptor) {
    Linker linker = Linker.nativeLinker();
    var isatty =
        linker.defaultLookup().find("isatty").or(() -> linker.defaultLookup().find("_isatty"));
    if (isatty.isEmpty()) {
      return false;
    }
    var signature = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try {
      return (int) linker.downcallHandle(isatty.get(), signature).invokeExact(descriptor) != 0;
    } catch (Throwable e) {
      LOG.debug("isatty failed, so stream {} counts as no terminal", descriptor, e);
      return false;
    }
  }
}
