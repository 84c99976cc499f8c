package dev.splitreason.answers.check;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The letters of multiple choice: {@code B}, {@code (B)}, {@code B. 42}, {@code Option B}. */
final class Choices {

  private static final String LETTER = "\\(?\\s*([A-J])\\s*";

  /** A reference that is one letter, and perhaps the text of that choice. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?:" + LETTER + "\\)?|\\(\\s*([A-J])\\s*\\)\\s*(\\S.*))");

  private static final Pattern GIVEN =
      Pattern.compile(
          "(?:(?:option|choice|answer)\\s+)?" + LETTER + "(?:$|[).:](?:\\s.*)?$)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LAST = Pattern.compile("\\(([A-J])\\)|(?<![A-Za-z])([A-J])[.\\s]*$");
  private static final Pattern STYLE = Pattern.compile("\\\\text\\s*\\{([^{}]*)\\}");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Choices() {}

  /**
   * Whether an answer chooses what the reference chooses.
   *
   * @param gold in one spelling
   * @param answer in one spelling
   * @param response all of the answer's text
   * @return null when the reference is no choice, or the answer chooses nothing
   */
  static @Nullable Boolean same(String gold, String answer, String response) {
    Matcher reference = REFERENCE.matcher(plain(gold));
    if (!reference.matches()) {
      return null;
    }
    String expected = reference.group(1) == null ? reference.group(2) : reference.group(1);
    Matcher given = GIVEN.matcher(plain(answer));
    if (given.matches()) {
      return given.group(1).toUpperCase(Locale.ROOT).equals(expected);
    }
    String last = isProse(answer) ? last(response) : null;
    return last == null ? null : (Boolean) last.equals(expected);
  }

  /** The text of the choice in a reference of letter and text; null when it has none. */
  static @Nullable String text(String gold) {
    Matcher reference = REFERENCE.matcher(plain(gold));
    return reference.matches() ? reference.group(3) : null;
  }

  private static String plain(String text) {
    return SPACES.matcher(STYLE.matcher(text).replaceAll("$1")).replaceAll(" ").strip();
  }

  private static boolean isProse(String answer) {
    return answer.indexOf(' ') > 0 && answer.chars().filter(Character::isLetter).count() > 8;
  }

  private static @Nullable String last(String response) {
    Matcher matcher = LAST.matcher(response);
    String last = null;
    while (matcher.find()) {
      last = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
    return last;
  }
}
