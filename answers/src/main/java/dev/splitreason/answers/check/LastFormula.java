package dev.splitreason.answers.check;

/**
 * The last formula between math delimiters of a text, found in one pass.
 *
 * @param text with its delimiters; empty when there is none
 * @param end behind its closing delimiter; −1 when there is none
 */
record LastFormula(String text, int end) {

  static LastFormula in(String text) {
    LastFormula last = new LastFormula("", -1);
    int start = -1;
    String closing = "";
    int at = 0;
    while (at < text.length()) {
      String delimiter = delimiter(text, at);
      if (delimiter.isEmpty()) {
        at += text.charAt(at) == '\\' ? 2 : 1;
        continue;
      }
      int behind = at + delimiter.length();
      if (start < 0) {
        start = at;
        closing = closing(delimiter);
      } else if (delimiter.equals(closing)) {
        last = new LastFormula(text.substring(start, behind), behind);
        start = -1;
      }
      at = behind;
    }
    return last;
  }

  private static String delimiter(String text, int at) {
    for (String delimiter : new String[] {"$$", "$", "\\(", "\\)", "\\[", "\\]"}) {
      if (text.startsWith(delimiter, at)) {
        return delimiter;
      }
    }
    return "";
  }

  private static String closing(String opening) {
    return switch (opening) {
      case "\\(" -> "\\)";
      case "\\[" -> "\\]";
      default -> opening;
    };
  }
}
