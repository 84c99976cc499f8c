package dev.splitreason.engine.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory a process may still take: what the kernel says is available, but no more than the
 * control group that it runs in leaves.
 *
 * @param root of the file system, {@code /} but in tests
 */
record AvailableMemory(Path root) {

  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s*(\\d+) kB");
  private static final Pattern RECLAIMABLE = Pattern.compile("(?m)^inactive_file (\\d+)$");

  static AvailableMemory ofThisMachine() {
    return new AvailableMemory(Path.of("/"));
  }

  /** Bytes; {@link Long#MAX_VALUE} where nothing tells, as on other systems than Linux. */
  long bytes() {
    return Math.min(available(), Math.max(0, leftByGroup()));
  }

  private long available() {
    Matcher matcher = AVAILABLE.matcher(read("proc/meminfo"));
    return matcher.find() ? Long.parseLong(matcher.group(1)) << 10 : Long.MAX_VALUE;
  }

  /** Control groups of version 2, seen from inside a container. */
  private long leftByGroup() {
    String limit = read("sys/fs/cgroup/memory.max").strip();
    String used = read("sys/fs/cgroup/memory.current").strip();
    if (!limit.matches("\\d{1,18}") || !used.matches("\\d{1,18}")) {
      return Long.MAX_VALUE;
    }
    Matcher cached = RECLAIMABLE.matcher(read("sys/fs/cgroup/memory.stat"));
    long reclaimable = cached.find() ? Long.parseLong(cached.group(1)) : 0;
    return Long.parseLong(limit) - Long.parseLong(used) + reclaimable;
  }

  private String read(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      return "";
    }
  }
}
