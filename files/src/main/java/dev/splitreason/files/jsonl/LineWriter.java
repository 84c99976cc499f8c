package dev.splitreason.files.jsonl;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of lines beside its place and moves it there when it is complete and on disk, so
 * that readers see the old file or the whole new one. A pipe or device is written directly, and a
 * symbolic link stays one.
 */
public final class LineWriter implements AutoCloseable {

  private final Path target;
  private final @Nullable Path partial;
  private final OutputStream out;
  private boolean complete;

  private LineWriter(Path target, @Nullable Path partial, OutputStream out) {
    this.target = target;
    this.partial = partial;
    if (partial != null) {
      partial.toFile().deleteOnExit(); // Ctrl-C closes nothing
    }
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  /**
   * Begins a file.
   *
   * @throws IOException if its folder is missing or cannot be written to
   */
  public static LineWriter open(Path target) throws IOException {
    Destination destination = Destination.of(target);
    if (destination.isStream()) {
      return new LineWriter(target, null, destination.stream());
    }
    Path file = destination.path();
    Path partial =
        file.resolveSibling("." + file.getFileName() + ".partial-" + ProcessHandle.current().pid());
    return new LineWriter(file, partial, Files.newOutputStream(partial));
  }

  /** Adds a line with a value as JSON. */
  public void write(Object value) throws IOException {
    out.write(Json.line(value));
    out.write('\n');
  }

  /** Makes what was written the target's content; without this, {@link #close} discards it. */
  public void complete() throws IOException {
    out.close();
    if (partial != null) {
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    complete = true;
  }

  @Override
  public void close() throws IOException {
    if (complete) {
      return;
    }
    try {
      out.close();
    } finally {
      if (partial != null) {
        Files.deleteIfExists(partial);
      }
    }
  }
}
