package dev.splitreason.core.file;

import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether what is to be made can be written, asked before any work is done for it. A missing folder
 * of a file is refused, since its name may be misspelled; a folder that is itself what is to be
 * made is made.
 */
public final class OutputFile {

  private OutputFile() {}

  /**
   * Refuses a file that cannot be written. Nothing is left behind, and nothing changed.
   *
   * @throws UserMistake if the name means standard output or a compressed file
   * @throws IOException if it is a folder, or its own folder is missing or cannot be written to
   */
  public static void requireWritable(Path file) throws IOException {
    if (file.toString().equals("-")) {
      throw new UserMistake("the output must be a file", "'-' (standard output) is none");
    }
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
      throw new UserMistake(
          "outputs are not compressed", "write a file without .gz, and compress that");
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder, not a file to write");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("the folder of " + file + " does not exist; create it first");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new IOException("not allowed to write " + file);
    }
  }

  /**
   * Makes a folder with those around it, if it is not there.
   *
   * @throws UserMistake if it is called {@code -}, which elsewhere means standard output
   * @throws IOException if a file is in its place, or it cannot be made or written to
   */
  public static void makeFolder(Path folder) throws IOException {
    if (folder.toString().equals("-")) {
      throw new UserMistake("the output is a folder", "'-' (standard output) cannot hold one");
    }
    for (Path above = folder.toAbsolutePath(); above != null; above = above.getParent()) {
      if (Files.exists(above) && !Files.isDirectory(above)) {
        throw new FileSystemException(above.toString(), null, "is a file, not a folder");
      }
    }
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new IOException("not allowed to write to the folder " + folder);
    }
  }
}
