package dev.splitreason.core.file;

import java.util.regex.Pattern;

/** Words that may be the name of something known, or of a file. */
public final class FileName {

  private static final Pattern FOLDER_OR_ENDING =
      Pattern.compile("[^:]*[/\\\\].*|.*\\.[a-zA-Z]\\w*");

  private FileName() {}

  /**
   * Whether a word that nothing known is called can only be meant as a file's: it has a folder or
   * an ending. A file that is missing is a failure, a name that nothing has a mistake.
   */
  public static boolean isMeant(String word) {
    return FOLDER_OR_ENDING.matcher(word).matches();
  }
}
