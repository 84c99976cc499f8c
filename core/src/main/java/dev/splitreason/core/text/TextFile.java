package dev.splitreason.core.text;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people write: what they mix up is told with the file's name. */
public final class TextFile {

  /** Bytes, far above what anybody writes. */
  private static final long LARGEST = 1L << 26;

  private TextFile() {}

  /**
   * Reads a whole file of UTF-8 text.
   *
   * @throws UserMistake with a one-line message, if it is a directory, larger than 64 MiB or other
   *     than UTF-8
   * @throws IOException if it cannot be read
   */
  public static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw UserMistake.of(new Place.File(file), "is a directory, not a file");
    }
    requireWritten(file);
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw UserMistake.of(new Place.File(file), "is not UTF-8 text");
    }
  }

  /**
   * Refuses a file that nobody wrote: reading it would need more memory than there may be.
   *
   * @throws UserMistake with a one-line message, if it is larger than 64 MiB
   * @throws IOException if its size cannot be told
   */
  public static void requireWritten(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw UserMistake.of(
          new Place.File(file), "is larger than 64 MiB: no file that people write");
    }
  }
}
