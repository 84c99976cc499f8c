package dev.splitreason.files.jsonl;

import dev.splitreason.core.error.UserMistake;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/**
 * Where an output really goes: the file behind the symbolic links of its name, or a pipe or device,
 * which is written to and never replaced.
 *
 * @param path the file, absolute; or the pipe or device as it was named
 * @param isStream whether it is a pipe or device
 */
public record Destination(Path path, boolean isStream) {

  /** Links in a row before they are taken for a circle. */
  private static final int MOST_LINKS = 40;

  private static final Set<Path> STDOUT =
      Set.of(Path.of("/dev/stdout"), Path.of("/dev/fd/1"), Path.of("/proc/self/fd/1"));

  /**
   * What a name stands for.
   *
   * @throws IOException if it is a folder, in a folder that is not there, or a circle of links
   */
  public static Destination of(Path named) throws IOException {
    if (Files.isDirectory(named)) {
      throw new IOException(named + " is a folder, not a file to write");
    }
    if (isStream(named)) {
      return new Destination(named, true);
    }
    Path file = named.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == MOST_LINKS) {
        throw new IOException(named + " is a circle of symbolic links");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("the folder of " + named + " does not exist; create it first");
    }
    return new Destination(file, false);
  }

  /** Whether a name is that of a pipe or device. */
  public static boolean isStream(Path named) {
    return isStdout(named)
        || (Files.exists(named) && !Files.isRegularFile(named) && !Files.isDirectory(named));
  }

  /** Whether a name is that of the process's own standard output, wherever that goes. */
  public static boolean isStdout(Path named) {
    return STDOUT.contains(named);
  }

  /**
   * Refuses an output that is one of the files read for it, by whatever name.
   *
   * @throws UserMistake with a one-line message
   * @throws IOException if the files cannot be compared
   */
  public static void requireApart(String option, Path output, Collection<Path> inputs)
      throws IOException {
    for (Path input : inputs) {
      if (Files.isRegularFile(output) && Files.exists(input) && Files.isSameFile(output, input)) {
        throw UserMistake.ofOption(option, "is a file that is read, " + input + "; name another");
      }
    }
  }

  /**
   * Opens a pipe or device. The process's own output goes on where it is: opened anew, what the
   * process prints besides would be written over it.
   *
   * @throws IOException if it cannot be opened
   */
  public OutputStream stream() throws IOException {
    return isStdout(path)
        ? new FileOutputStream(FileDescriptor.out) {
          @Override
          public void close() {
            // The process goes on to print.
          }
        }
        : Files.newOutputStream(path);
  }
}
