package dev.splitreason.answers.check;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The letters of multiple choice: {@code B}, {@code (B)}, {@code B. 42}, {@code Option B}. */
final class Choices {

  private static final String LETTER = "\\(?\\s*([A-J])\\s*";

  /** A reference that is one letter, and perhaps the text of that choice. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:" + LETTER + "\\)?|\\(\\s*([A-J])\\s*\\)\\s*(\\S.*)|([A-J])\\s?[.):]\\s+(\\S.*))");

  private static final Pattern GIVEN =
      Pattern.compile(
          "(?:(?:the )?(?:correct )?(?:option|choice|answer)\\s+(?:is\\s+)?)?"
              + LETTER
              + "(?:$|[).:](?:\\s.*)?$|,\\s.*|\\s-\\s.*)",
          Pattern.CASE_INSENSITIVE);

  /** Where a response says which letter it chooses; a denial before it chooses nothing. */
  private static final Pattern STATED =
      Pattern.compile(
          "(?:answer|option|choice|选|(?:pick|choose|chose|select|selected|go with)\\b)[\\s*_:：]*"
              + "(?:(?:is|为|是|must be)\\b(?!\\s+not\\b))?\\s*(?:therefore|thus|clearly|hence|then)?"
              + "[\\s*_:：]*(?:option|choice)?[\\s*_]*\\(?([A-J])\\b(?![-'’])",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LAST = Pattern.compile("\\(([A-J])\\)|(?<![A-Za-z])([A-J])[.\\s]*$");

  /** Behind these a sentence says why, of other letters too. */
  private static final Pattern REASON =
      Pattern.compile("\\b(?:because|since|as|while|whereas|rather than|instead of|unlike)\\b");

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?\\n](?=\\s|$)");

  private static final Pattern DENIAL = Pattern.compile("(?:\\bnot|n't|n’t)\\s+\\W*$");

  /** Several letters: {@code A and C}, {@code (A), (B)}. */
  private static final Pattern SEVERAL =
      Pattern.compile(LETTER + "\\)?(?:\\s*(?:,|and|or|&|/|;)\\s*" + LETTER + "\\)?)+");

  private static final Pattern ONE_OF_SEVERAL = Pattern.compile("\\b([A-J])\\b");

  private static final Pattern STYLE = Pattern.compile("\\\\text\\s*\\{([^{}]*)\\}");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private static final int SEARCHED = 4000;
  private static final int LONGEST_DENIAL = 12;

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
    String expected =
        reference.group(1) != null
            ? reference.group(1)
            : reference.group(2) != null ? reference.group(2) : reference.group(4);
    String plain = plain(answer);
    if (SEVERAL.matcher(plain).matches() && letters(plain) > 1) {
      return false;
    }
    Matcher given = GIVEN.matcher(plain);
    if (given.matches()) {
      return given.group(1).toUpperCase(Locale.ROOT).equals(expected);
    }
    String end = response.substring(Math.max(0, response.length() - SEARCHED));
    String stated = last(STATED, end);
    if (stated != null) {
      return stated.equals(expected);
    }
    String last = isProse(answer) ? lastLetter(end) : null;
    return last == null ? null : (Boolean) last.equals(expected);
  }

  /** The text of the choice in a reference of letter and text; null when it has none. */
  static @Nullable String text(String gold) {
    Matcher reference = REFERENCE.matcher(plain(gold));
    if (!reference.matches()) {
      return null;
    }
    return reference.group(3) == null ? reference.group(5) : reference.group(3);
  }

  private static String plain(String text) {
    return SPACES.matcher(STYLE.matcher(text).replaceAll("$1")).replaceAll(" ").strip();
  }

  private static long letters(String several) {
    Set<String> different = new HashSet<>();
    Matcher letter = ONE_OF_SEVERAL.matcher(several);
    while (letter.find()) {
      different.add(letter.group(1));
    }
    return different.size();
  }

  private static boolean isProse(String answer) {
    return answer.indexOf(' ') > 0 && answer.chars().filter(Character::isLetter).count() > 5;
  }

  /** The last letter of the last sentence that has one, before it gives reasons. */
  private static @Nullable String lastLetter(String response) {
    List<String> sentences = SENTENCE_END.splitAsStream(response).toList();
    for (String sentence : sentences.reversed()) {
      Matcher reason = REASON.matcher(sentence);
      String claim = reason.find() ? sentence.substring(0, reason.start()) : sentence;
      String last = last(LAST, claim);
      if (last != null) {
        return last;
      }
    }
    return null;
  }

  private static @Nullable String last(Pattern pattern, String response) {
    Matcher matcher = pattern.matcher(response);
    String last = null;
    while (matcher.find()) {
      String before =
          response.substring(Math.max(0, matcher.start() - LONGEST_DENIAL), matcher.start());
      if (DENIAL.matcher(before).find()) {
        continue;
      }
      boolean second = matcher.groupCount() > 1 && matcher.group(1) == null;
      // A small letter behind "answer is" is the word "a".
      String letter = second ? matcher.group(2) : matcher.group(1);
      last = Character.isUpperCase(letter.charAt(0)) ? letter : last;
    }
    return last;
  }
}
