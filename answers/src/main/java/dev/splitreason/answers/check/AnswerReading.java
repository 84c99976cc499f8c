package dev.splitreason.answers.check;

import dev.splitreason.answers.check.notation.AnswerReader;
import dev.splitreason.answers.check.notation.Conventions;
import dev.splitreason.answers.check.notation.Conventions.Commas;
import dev.splitreason.answers.check.notation.Conventions.Letters;
import dev.splitreason.answers.check.notation.Conventions.Slash;
import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Spelling;
import dev.splitreason.answers.check.notation.ClockTime;
import dev.splitreason.answers.check.notation.Quantity;
import dev.splitreason.answers.check.notation.NumberWords;
import org.hipparchus.fraction.BigFraction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One side of a check: what it says, and the ways it can be read.
 *
 * @param extracted the surest place of the answer, in one spelling; empty when there is none
 * @param text the surest place that is mathematics; {@code extracted} when none is
 * @param trees what it says, the likeliest reading first: commas may part or group digits, slashes
 *     reach near or far; none when it is not mathematics
 * @param phrases the answer in words, in one spelling, each place it may have
 * @param time the time of day it is, if it may be one
 * @param quantity its unit, if it has one that is known
 */
record AnswerReading(
    String extracted,
    String text,
    List<Expression> trees,
    List<String> phrases,
    @Nullable ClockTime time,
    @Nullable Quantity quantity) {

  private static final Pattern GROUPED = Pattern.compile("\\d,\\d{3}");

  /** Lakhs and crores: 1,00,000. */
  private static final Pattern INDIAN =
      Pattern.compile("^\\D{0,4}\\d{1,2}(?:,\\d{2})+,\\d{3}(?!\\d|,)[^,]*$");

  /** A decimal comma; a comma before three digits groups, unless nothing stands before it. */
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[^,()\\[\\]{}]*?(?:\\b0,\\d+|\\d,(?!\\d{3}(?!\\d))\\d+)[^,()\\[\\]{}]*");

  /** Letters in a formula that may be a unit or a word: {@code 3 s}, {@code a^{at}}. */
  private static final Pattern SHORT_WORD =
      Pattern.compile("(?:\\d ?[a-zA-Z]\\b|(?<![\\\\a-zA-Z])[a-zA-Z]{2,3}(?![a-zA-Z])).*");

  private static final Pattern WORD =
      Pattern.compile("(?<![\\\\a-zA-Z])(?!sqrt)[a-zA-Z]{4,}|\\\\text");

  private static final Pattern ZERO_DECIMALS = Pattern.compile("\\d,0+(?!\\d)");

  /** Reads an answer or a whole response. */
  static AnswerReading of(String response) {
    Candidates candidates = Candidates.of(response);
    List<String> phrases =
        candidates.phrases().stream().map(Spelling::unify).map(Spelling::words).toList();
    String first = "";
    for (String candidate : candidates.values()) {
      String text = Spelling.unify(candidate);
      ClockTime time = ClockTime.read(text);
      Quantity quantity = Quantity.read(text);
      List<Expression> trees = trees(ClockTime.withoutMark(text));
      first = first.isEmpty() ? text : first;
      if (!trees.isEmpty() || quantity != null) {
        return new AnswerReading(first, text, trees, phrases, time, quantity);
      }
    }
    return new AnswerReading(first, first, List.of(), phrases, null, null);
  }

  private static List<Expression> trees(String text) {
    SequencedSet<Expression> trees = new LinkedHashSet<>();
    if (INDIAN.matcher(text).find()) {
      add(text.replace(",", ""), Conventions.LIKELIEST, trees);
    }
    add(text, Conventions.LIKELIEST, trees);
    if (GROUPED.matcher(text).find()) {
      add(text, Conventions.with(Commas.SEPARATORS), trees);
    }
    if (DECIMAL_COMMA.matcher(text).matches() && !ZERO_DECIMALS.matcher(text).find()) {
      add(text, Conventions.with(Commas.DECIMAL), trees);
    }
    if (text.contains("/")) {
      add(text, Conventions.with(Slash.ALL_FACTORS), trees);
    }
    if (SHORT_WORD.matcher(text).find() && !WORD.matcher(text).find()) {
      add(text, Conventions.with(Letters.VARIABLES), trees);
    }
    return List.copyOf(trees);
  }

  private static void add(String text, Conventions conventions, SequencedSet<Expression> trees) {
    BigFraction number = NumberWords.isPart(text.split(" ", 2)[0]) ? NumberWords.read(text) : null;
    Expression tree =
        number == null
            ? AnswerReader.read(text, conventions)
            : new Expression.Literal(number, Expression.Literal.EXACT);
    if (tree != null) {
      trees.add(tree);
    }
  }
}
