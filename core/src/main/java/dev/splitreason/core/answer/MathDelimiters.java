package dev.splitreason.core.answer;

import org.jspecify.annotations.Nullable;

/**
 * Where formulas between math delimiters stand in a text: {@code $…$}, {@code $$…$$}, {@code
 * \(…\)}, {@code \[…\]}.
 *
 * <p>A dollar sign is also money. One before a digit opens a formula only if the next one closes
 * it: no space before that and no digit behind, and no sentence between them. Formulas longer than
 * {@value #LONGEST} characters are none, which keeps every search short.
 */
public final class MathDelimiters {

  private static final int LONGEST = 2000;

  private MathDelimiters() {}

  /**
   * A formula with its delimiters.
   *
   * @param start of the opening delimiter
   * @param end behind the closing one
   * @param inside what stands between them
   */
  public record Formula(int start, int end, String inside) {}

  /** The formula that opens at a place of a text; null when none does. */
  public static @Nullable Formula at(String text, int start) {
    String opening = opening(text, start);
    if (opening == null) {
      return null;
    }
    int from = start + opening.length();
    String closing = closing(opening);
    int end = indexOf(text, closing, from);
    if (end <= from) {
      return null;
    }
    String inside = text.substring(from, end);
    if (opening.equals("$") && isMoney(text, inside, end)) {
      return null;
    }
    return new Formula(start, end + closing.length(), inside);
  }

  private static @Nullable String opening(String text, int at) {
    for (String opening : new String[] {"$$", "$", "\\(", "\\["}) {
      if (text.startsWith(opening, at)) {
        return opening;
      }
    }
    return null;
  }

  private static String closing(String opening) {
    return switch (opening) {
      case "\\(" -> "\\)";
      case "\\[" -> "\\]";
      default -> opening;
    };
  }

  /** Where a delimiter stands next, unescaped and within reach; −1 when it does not. */
  private static int indexOf(String text, String delimiter, int from) {
    int last = Math.min(text.length() - delimiter.length(), from + LONGEST);
    for (int i = from; i <= last; i++) {
      if (text.startsWith(delimiter, i)) {
        return i;
      }
      if (text.charAt(i) == '\\') {
        i++; // "\$" closes nothing
      }
    }
    return -1;
  }

  private static boolean isMoney(String text, String inside, int end) {
    if (hasWords(inside)) {
      return true;
    }
    if (!isAmount(inside)) {
      return inside.contains("\n\n");
    }
    boolean anotherAmount = end + 1 < text.length() && isDigit(text.charAt(end + 1));
    boolean spaced = Character.isWhitespace(inside.charAt(inside.length() - 1));
    boolean spacedBoth = spaced && Character.isWhitespace(inside.charAt(0));
    return anotherAmount || (spaced && !spacedBoth && hasWord(inside));
  }

  private static boolean isAmount(String inside) {
    int i = 0;
    while (i < inside.length() && (inside.charAt(i) == ' ' || inside.charAt(i) == '-')) {
      i++;
    }
    return i < inside.length() && isDigit(inside.charAt(i));
  }

  private static boolean hasWord(String inside) {
    return words(inside) >= 1;
  }

  private static boolean hasWords(String inside) {
    return words(inside) >= 2;
  }

  /** Words of two letters and more that are no commands and stand in no braces. */
  private static int words(String inside) {
    int words = 0;
    int depth = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c != '\\' && !Character.isLetter(c)) {
        continue;
      }
      int start = i;
      while (i + 1 < inside.length() && Character.isLetter(inside.charAt(i + 1))) {
        i++;
      }
      words += c != '\\' && depth == 0 && i > start ? 1 : 0;
    }
    return words;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
