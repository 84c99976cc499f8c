package dev.splitreason.answers.check;

import dev.splitreason.answers.check.notation.AnswerReader;
import dev.splitreason.answers.check.notation.ClockTime;
import dev.splitreason.answers.check.notation.Conventions;
import dev.splitreason.answers.check.notation.Conventions.Commas;
import dev.splitreason.answers.check.notation.Conventions.Letters;
import dev.splitreason.answers.check.notation.Conventions.Slash;
import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.NumberWords;
import dev.splitreason.answers.check.notation.Quantity;
import dev.splitreason.answers.check.notation.Spelling;
import dev.splitreason.answers.check.notation.WordedAmounts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * One side of a check: what it says, and the ways it can be read.
 *
 * @param extracted the surest place of the answer, in one spelling; empty when there is none
 * @param text the surest place that is mathematics; {@code extracted} when none is
 * @param trees what it says, the likeliest reading first: commas may part or group digits, slashes
 *     reach near or far; none when it is not mathematics
 * @param line where the answer stands, whole, in one spelling
 * @param phrases the answer in words, in one spelling, each place it may have
 * @param time the time of day it is, if it may be one
 * @param quantity its unit, if it has one that is known
 */
record AnswerReading(
    String extracted,
    String text,
    List<Expression> trees,
    String line,
    List<String> phrases,
    @Nullable ClockTime time,
    @Nullable Quantity quantity) {

  private static final Pattern GROUPED = Pattern.compile("\\d,\\d{3}");

  /** Lakhs and crores: 1,00,000. */
  private static final Pattern INDIAN =
      Pattern.compile("^\\D{0,4}\\d{1,2}(?:,\\d{2})+,\\d{3}(?!\\d|,)[^,]*$");

  private static final Pattern MONEY = Pattern.compile("\\\\?\\$\\s?[\\d.,]+");

  /** Points that group before a decimal comma: 1.234,5. */
  private static final Pattern EUROPEAN =
      Pattern.compile("[^\\d,.]*\\d{1,3}(?:\\.\\d{3})+,\\d+[^\\d,.]*");

  /** A decimal comma; a comma before three digits groups, unless nothing stands before it. */
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[^,()\\[\\]{}]*?(?:\\b0,\\d+|\\d,(?!\\d{3}(?!\\d))\\d+)[^,()\\[\\]{}]*");

  /** Letters in a formula that may be a unit or a word: {@code 3 s}, {@code a^{at}}. */
  private static final Pattern SHORT_WORD =
      Pattern.compile("(?:\\d ?[a-zA-Z]\\b|(?<![\\\\a-zA-Z])[a-zA-Z]{2,3}(?![a-zA-Z])).*");

  private static final Pattern WORD =
      Pattern.compile("(?<![\\\\a-zA-Z])(?!sqrt)[a-zA-Z]{4,}|\\\\text");

  /** "3 dozen" is 36, and 3 where dozens are counted. */
  private static final Pattern DOZENS =
      Pattern.compile("^([\\d.,/ ]*\\d) ?(?:\\\\text ?\\{ ?)?dozens?\\b[^\\d]*$");

  private static final Pattern ZERO_DECIMALS = Pattern.compile("\\d,0+(?!\\d)");

  /** Reads an answer or a whole response. */
  static AnswerReading of(String response) {
    return of(response, false);
  }

  /** Reads a reference answer, bare or marked in a text. */
  static AnswerReading ofReference(String reference) {
    return of(reference, true);
  }

  private static AnswerReading of(String response, boolean isReference) {
    AnswerCandidates candidates =
        AnswerCandidates.of(WordedAmounts.inDigits(response), isReference);
    List<String> phrases =
        candidates.phrases().stream().map(Spelling::unify).map(Spelling::words).toList();
    String line =
        candidates.phrases().isEmpty() ? "" : Spelling.unify(candidates.phrases().getFirst());
    String first = "";
    for (String candidate : candidates.values()) {
      String text = Spelling.unify(candidate);
      ClockTime time = ClockTime.read(text);
      Quantity quantity =
          MONEY.matcher(candidate).matches() ? Quantity.dollars() : Quantity.read(text);
      List<Expression> trees = trees(ClockTime.withoutMark(text));
      first = first.isEmpty() ? text : first;
      if (!trees.isEmpty() || quantity != null) {
        return new AnswerReading(first, text, trees, line, phrases, time, quantity);
      }
    }
    return new AnswerReading(first, first, List.of(), line, phrases, null, null);
  }

  private static List<Expression> trees(String text) {
    SequencedSet<Expression> trees = new LinkedHashSet<>();
    if (INDIAN.matcher(text).find()) {
      add(text.replace(",", ""), Conventions.LIKELIEST, trees);
    }
    if (EUROPEAN.matcher(text).matches()) {
      add(text.replace(".", "").replace(',', '.'), Conventions.LIKELIEST, trees);
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
    Matcher dozens = DOZENS.matcher(text);
    if (dozens.find()) {
      add(dozens.replaceFirst("$1"), Conventions.LIKELIEST, trees);
    }
    if (SHORT_WORD.matcher(text).find() && !WORD.matcher(text).find()) {
      add(text, Conventions.with(Letters.VARIABLES), trees);
    }
    return List.copyOf(trees);
  }

  private static void add(String text, Conventions conventions, SequencedSet<Expression> trees) {
    String word = text.split(" ", 2)[0];
    boolean inWords = NumberWords.isPart(word) || NumberWords.isMinus(word);
    BigFraction number = inWords ? NumberWords.read(text) : null;
    Expression tree =
        number == null
            ? AnswerReader.read(text, conventions)
            : new Expression.Literal(number, Expression.Literal.EXACT);
    if (tree != null) {
      trees.add(tree);
    }
  }
}
