package dev.splitreason.data.match;

import java.util.Map;
import java.util.Set;

/** LaTeX commands as they stand in a text, and which of them mean the same or nothing. */
final class LatexSpelling {

  /** Commands that only move or size things. */
  private static final Set<String> INVISIBLE =
      Set.of(
          "\\,",
          "\\;",
          "\\:",
          "\\!",
          "\\ ",
          "\\>",
          "\\quad",
          "\\qquad",
          "\\left",
          "\\right",
          "\\thinspace",
          "\\displaystyle",
          "\\textstyle",
          "\\limits");

  private static final Map<String, String> SAME =
      Map.of(
          "\\dfrac", "\\frac",
          "\\tfrac", "\\frac",
          "\\cfrac", "\\frac",
          "\\leq", "\\le",
          "\\geq", "\\ge",
          "\\neq", "\\ne",
          "\\rightarrow", "\\to",
          "\\Rightarrow", "\\implies");

  private LatexSpelling() {}

  /**
   * Where the command that begins with the backslash at {@code start} ends: behind its letters, or
   * behind the one character that is no letter.
   */
  static int end(CharSequence text, int start) {
    int end = start + 1;
    while (end < text.length() && isLetter(text.charAt(end))) {
      end++;
    }
    if (end > start + 1 || end == text.length()) {
      return end;
    }
    return end + Character.charCount(Character.codePointAt(text, end));
  }

  /** What a command is compared as; empty if it only moves or sizes things. */
  static String fold(String command) {
    return INVISIBLE.contains(command) ? "" : SAME.getOrDefault(command, command);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
