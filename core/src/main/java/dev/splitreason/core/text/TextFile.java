package dev.splitreason.core.text;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people write: what they mix up is told with the file's name. */
public final class TextFile {

  private TextFile() {}

  /**
   * Reads a whole file of UTF-8 text.
   *
   * @throws UserMistake with a one-line message, if it is a directory or other than UTF-8
   * @throws IOException if it cannot be read
   */
  public static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw UserMistake.of(new Place.File(file), "is a directory, not a file");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw UserMistake.of(new Place.File(file), "is not UTF-8 text");
    }
  }
}
