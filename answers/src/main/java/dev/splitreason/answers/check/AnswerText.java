package dev.splitreason.answers.check;

import dev.splitreason.core.answer.FinalAnswer;
import dev.splitreason.core.tag.TagSpelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The places of a text that may be its answer, the surest first: what it marks as its answer; the
 * text itself, when it is short; its last line, last formula, last number.
 */
final class AnswerText {

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![A-Za-z0-9.,])-?(?:\\d{1,3}(?:,\\d{3})+|\\d+)?(?:\\.?\\d+)(?:/\\d+)?\\s?%?");

  /** What begins with a word is a sentence around an answer: "3 hours 20 minutes" is not. */
  private static final Pattern SENTENCE = Pattern.compile("[\\s*\"'(]*\\p{L}");

  /** How a last line begins before it says something. */
  private static final Pattern LEAD =
      Pattern.compile(
          "^(?:(?:thus|therefore|hence|so|then|finally|and|we (?:get|have|find)|it follows that"
              + "|it is|it's|this is|that is|answer)[,:]?\\s+){1,4}",
          Pattern.CASE_INSENSITIVE);

  /** Longer lines are prose. */
  private static final int LONGEST_LINE = 4000;

  /** Of longer texts only the end is searched for an answer nobody marked. */
  private static final int SEARCHED = 20_000;

  private AnswerText() {}

  /** The candidates; none when the text is blank. */
  static List<String> candidates(String response) {
    String text = TagSpelling.BIGMODEL.strip(response);
    String marked = FinalAnswer.marked(text);
    if (marked == null && text.contains("\\boxed")) {
      // Cut off inside its box: whatever else stands there is not the answer.
      return List.of();
    }
    SequencedSet<String> candidates = new LinkedHashSet<>();
    String answer = (marked == null ? text : marked).strip();
    String end = answer.substring(Math.max(0, answer.length() - SEARCHED));
    boolean isLine = !answer.contains("\n") || answer.contains("\\begin");
    if (marked != null || (isLine && answer.length() <= LONGEST_LINE)) {
      candidates.add(answer);
    }
    String lastLine = end.substring(end.lastIndexOf('\n') + 1).strip();
    candidates.add(LEAD.matcher(lastLine).replaceFirst(""));
    if ((marked == null && !isLine) || SENTENCE.matcher(answer).lookingAt()) {
      addEnd(end, candidates);
    }
    candidates.removeIf(String::isBlank);
    return new ArrayList<>(candidates);
  }

  /** The last formula and the last number, the later one first. */
  private static void addEnd(String text, SequencedSet<String> candidates) {
    LastFormula formula = LastFormula.in(text);
    MatchResult number = lastNumber(text);
    if (number == null) {
      candidates.add(formula.text());
    } else if (number.end() > formula.end()) {
      candidates.add(number.group().strip());
      candidates.add(formula.text());
    } else {
      candidates.add(formula.text());
      candidates.add(number.group().strip());
    }
  }

  private static @Nullable MatchResult lastNumber(String text) {
    Matcher matcher = NUMBER.matcher(text);
    MatchResult last = null;
    while (matcher.find()) {
      last = matcher.toMatchResult();
    }
    return last;
  }
}
