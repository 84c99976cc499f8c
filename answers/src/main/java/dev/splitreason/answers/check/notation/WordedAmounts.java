package dev.splitreason.answers.check.notation;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of two units with numbers in words, "five dollars and twenty-five cents": with digits
 * they are read as one amount, where in words only the last number would count.
 */
public final class WordedAmounts {

  private static final String WORD = NumberWords.wholeWords();
  private static final String NUMBER = WORD + "(?:(?:[ -]| and )" + WORD + "){0,11}";
  private static final String UNIT = "(\\p{Alpha}{4,12})";

  private static final Pattern AMOUNT =
      Pattern.compile(
          "\\b(NUMBER) UNIT(,? and |, | )(NUMBER) UNIT\\b"
              .replace("NUMBER", NUMBER)
              .replace("UNIT", UNIT),
          Pattern.CASE_INSENSITIVE);

  private WordedAmounts() {}

  /** The text with the numbers of such amounts in digits. */
  public static String inDigits(String text) {
    Matcher amounts = AMOUNT.matcher(text);
    return amounts.find()
        ? amounts.replaceAll(amount -> Matcher.quoteReplacement(digits(amount)))
        : text;
  }

  private static String digits(MatchResult amount) {
    BigFraction above = NumberWords.read(amount.group(1));
    BigFraction below = NumberWords.read(amount.group(4));
    if (above == null || below == null || !areOneAmount(amount.group(2), amount.group(5))) {
      return amount.group();
    }
    return "%s %s%s%s %s"
        .formatted(
            above.getNumerator(),
            amount.group(2),
            amount.group(3),
            below.getNumerator(),
            amount.group(5));
  }

  /** Whether the second unit measures what the first does, and is smaller. */
  private static boolean areOneAmount(String large, String small) {
    Units.@Nullable Unit whole = Units.named(large);
    Units.@Nullable Unit part = Units.named(small);
    return whole != null
        && part != null
        && whole.dimension().equals(part.dimension())
        && whole.factor().compareTo(part.factor()) > 0;
  }
}
