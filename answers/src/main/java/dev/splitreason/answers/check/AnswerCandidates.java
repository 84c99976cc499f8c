package dev.splitreason.answers.check;

import dev.splitreason.answers.check.prose.Conclusion;
import dev.splitreason.answers.check.prose.WordedRelation;
import dev.splitreason.core.answer.FinalAnswer;
import dev.splitreason.core.answer.FinalAnswer.Found;
import dev.splitreason.core.answer.FinalAnswer.Strength;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The places of a text that may be its answer, the surest first: what it marks as its answer; the
 * text itself, when it is short; the value its last line states.
 *
 * <p>Where words stand around values, the value they state comes before the whole: a reading with
 * free words in it decides nothing as long as there is another.
 *
 * @param values what may be a value, the surest first
 * @param phrases what may be an answer in words
 */
record AnswerCandidates(List<String> values, List<String> phrases) {

  private static final AnswerCandidates NONE = new AnswerCandidates(List.of(), List.of());

  /** Longer lines are prose. */
  private static final int LONGEST_LINE = 4000;

  /** The calculator's marks in GSM8K's solutions: {@code 9 * 2 = <<9*2=18>>18}. */
  private static final Pattern CALCULATION = Pattern.compile("<<[^<>\\n]{1,200}>>");

  private static final Pattern ASIDE =
      Pattern.compile("\\d\\s*\\((?:[a-z]{2,}[-\\s]?){1,8}\\)\\.?$");
  private static final Pattern MISSING =
      Pattern.compile("\\b(?:does not|doesn't|do not) exist\\.?$");
  private static final int LONGEST_ASIDE = 200;

  /** Of longer texts only the end is searched for an answer nobody marked. */
  private static final int SEARCHED = 20_000;

  /**
   * Of an answer or a whole response.
   *
   * @param reference whether it is a reference answer: in one that is words, a number in words is
   *     no value of its own
   */
  static AnswerCandidates of(String response, boolean reference) {
    Found found = FinalAnswer.find(CALCULATION.matcher(response).replaceAll(""));
    String text = found.text();
    boolean isLine = !text.contains("\n") || text.contains("\\begin");
    if (text.isEmpty()) {
      return NONE;
    }
    if (found.isMarked() || (isLine && text.length() <= LONGEST_LINE)) {
      SequencedSet<String> values = new LinkedHashSet<>();
      boolean boxed = found.strength() == Strength.BOXED;
      if (!reference || Conclusion.hasValue(text, boxed)) {
        addLine(text, boxed, values);
      }
      values.add(text);
      return new AnswerCandidates(List.copyOf(values), phrases(text));
    }
    return ofLines(text.substring(Math.max(0, text.length() - SEARCHED)));
  }

  private static AnswerCandidates ofLines(String text) {
    SequencedSet<String> values = new LinkedHashSet<>();
    List<String> lines = Conclusion.lines(text);
    for (String line : lines) {
      addLine(line, false, values);
    }
    if (values.isEmpty() && !lines.isEmpty()) {
      values.add(lines.getFirst());
    }
    return new AnswerCandidates(
        List.copyOf(values), lines.isEmpty() ? List.of() : phrases(lines.getFirst()));
  }

  /** What a line says: the value its sentence states, or first itself when it is no sentence. */
  private static void addLine(String line, boolean boxed, SequencedSet<String> values) {
    String relation = WordedRelation.of(line);
    if (relation != null) {
      values.add(relation);
    }
    List<String> stated = Conclusion.values(line, boxed);
    boolean sentence = Conclusion.isSentence(line, boxed) || hasAside(line);
    if (!sentence && Conclusion.hasValue(line, boxed)) {
      values.add(line);
    }
    values.addAll(stated);
  }

  /** "9 (nine)": words in brackets behind a value. */
  private static boolean hasAside(String line) {
    return line.length() <= LONGEST_ASIDE && ASIDE.matcher(line).find();
  }

  private static List<String> phrases(String line) {
    List<String> phrases = new ArrayList<>(List.of(line));
    String predicate = Conclusion.predicate(line);
    if (predicate != null) {
      phrases.add(predicate);
    }
    if (line.length() <= LONGEST_ASIDE && MISSING.matcher(line).find()) {
      phrases.add("does not exist");
    }
    String polarity = polarity(line);
    if (polarity != null) {
      phrases.add(polarity);
    }
    return List.copyOf(phrases);
  }

  /** The yes or no a line begins with. */
  private static @Nullable String polarity(String line) {
    int start = 0;
    while (start < line.length() && !Character.isLetter(line.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < line.length() && Character.isLetter(line.charAt(end))) {
      end++;
    }
    boolean parted = end < line.length() && line.charAt(end) != ' ';
    String word = line.substring(start, end).toLowerCase(Locale.ROOT);
    return switch (word) {
      case "yes", "no", "true", "false" -> parted ? word : null;
      default -> null;
    };
  }
}
