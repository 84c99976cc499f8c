package dev.splitreason.cli.output;

/**
 * Text of models and files as a terminal may show it: a model that writes an escape sequence must
 * not move the cursor, set the window's title or hide what stands before.
 */
public final class Printable {

  /** Where Unicode's pictures of the first 32 control characters begin. */
  private static final char PICTURES = '\u2400';

  private static final char DELETE = '\u007f';
  private static final char PICTURE_OF_DELETE = '\u2421';
  private static final char NO_PICTURE = '\ufffd';

  private Printable() {}

  /**
   * The text with a picture in place of every control character (ESC is ␛; those of Latin-1, which
   * have none, are �). Line breaks and tabs stay; a line break of Windows becomes an ordinary one.
   */
  public static String of(String text) {
    if (text.chars().noneMatch(Printable::isControl)) {
      return text;
    }
    var shown = new StringBuilder(text.length());
    String unix = text.replace("\r\n", "\n");
    for (int i = 0; i < unix.length(); i++) {
      shown.append(shown(unix.charAt(i)));
    }
    return shown.toString();
  }

  private static char shown(char c) {
    if (!isControl(c)) {
      return c;
    }
    if (c == DELETE) {
      return PICTURE_OF_DELETE;
    }
    return c < ' ' ? (char) (PICTURES + c) : NO_PICTURE;
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) && c != '\n' && c != '\t';
  }
}
