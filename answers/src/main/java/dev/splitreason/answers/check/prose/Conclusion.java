package dev.splitreason.answers.check.prose;

import dev.splitreason.answers.check.notation.NumberWords;
import dev.splitreason.answers.check.notation.Units;
import dev.splitreason.answers.check.prose.Piece.Kind;
import dev.splitreason.core.answer.MathDelimiters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what words around a value say: the value that a line, a sentence or a box states. */
public final class Conclusion {

  /** More pieces than any sentence has: of longer ones the end is read. */
  private static final int MOST_PIECES = 200;

  /** So many words behind a value are more than a name for what is counted. */
  private static final int WORDS_OF_A_SENTENCE = 3;

  /** Lines above the last that are looked at when it states nothing. */
  private static final int MOST_LINES = 12;

  private static final int LONGEST_LINE = 4000;

  /** A line that gives up says that there is no answer. */
  private static final Pattern GIVES_UP =
      Pattern.compile(
          "\\b(?:cannot|can't|can’t|could ?n[o']t|could not|unable|do(?:es)? not know|don't know"
              + "|don’t know|not sure|impossible to (?:say|tell)|not enough information"
              + "|insufficient|no idea)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ARITHMETIC =
      Pattern.compile(
          "\\\\(?:text|mathrm)\\{[^{}]*\\}|\\\\(?:times|cdot|div|frac|dfrac|left|right|approx)|(?<=[\\d"
              + " ])x(?=[\\d ])|(?<=\\d)"
              + " ?(?:g|kg|kgs|m|cm|km|mm|ml|L|ft|lbs?|oz|mph|hours?|minutes?|min)(?![a-zA-Z])");

  /** "370g": a number and its unit without a space. */
  private static final Pattern MEASURED = Pattern.compile("(-?[\\d.,]*\\d)([a-zA-Z]{1,3})");

  private static final Pattern LIST_MARK = Pattern.compile("^\\s*(?:[-*\\u2022]|\\d{1,2}[.)])\\s+");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+");

  private Conclusion() {}

  /**
   * Whether words around values make a text a sentence: words before a value, or between two. "34
   * students" and "3 hours 20 minutes" are quantities.
   *
   * @param formula whether the text stands in a box
   */
  public static boolean isSentence(String text, boolean formula) {
    List<Piece> pieces = PieceReader.read(end(text), formula);
    int freeWords = 0;
    boolean value = false;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.is(Kind.WORD)) {
        boolean free = i == 0 || isFree(piece.text());
        if (value && free && isJoint(pieces.get(i - 1))) {
          return true; // "98 dollars and nothing more"
        }
        freeWords += free ? 1 : 0;
      } else if (piece.is(Kind.VALUE) || piece.is(Kind.LABEL)) {
        if (freeWords > 0) {
          return true;
        }
        value = true;
      }
    }
    return value && freeWords >= WORDS_OF_A_SENTENCE;
  }

  private static boolean isJoint(Piece piece) {
    return piece.is(Kind.WORD) && Grammar.isJoint(piece.text());
  }

  private static boolean isFree(String word) {
    return !Units.isUnit(word)
        && !NumberWords.isPart(word)
        && !Grammar.isJoint(word)
        && !word.equals("percent");
  }

  /** Whether a text has a value in digits or signs. */
  public static boolean hasValue(String text, boolean formula) {
    return PieceReader.read(end(text), formula).stream().anyMatch(piece -> piece.is(Kind.VALUE));
  }

  /**
   * The texts that may be the value a text of one or more sentences states, the likeliest first;
   * none when it states none.
   *
   * @param formula whether the text stands in a box
   */
  public static List<String> values(String text, boolean formula) {
    List<List<Piece>> sentences = sentences(PieceReader.read(end(text), formula));
    for (List<Piece> sentence : sentences.reversed()) {
      Sentence read = new Sentence(sentence);
      String value = read.value();
      if (value != null) {
        return withItsEnd(value, formula);
      }
      if (read.onlyDenies()) {
        return List.of();
      }
    }
    for (List<Piece> sentence : sentences.reversed()) {
      String number = new Sentence(sentence).anyNumberInWords();
      if (number != null) {
        return List.of(number);
      }
    }
    return List.of();
  }

  /** A value; of a sum that is done, its result. */
  private static List<String> withItsEnd(String value, boolean formula) {
    int equals = value.lastIndexOf('=');
    boolean plain = equals > 0 && isArithmetic(value.substring(0, equals));
    String behind = plain ? value.substring(equals + 1).strip() : "";
    String result = behind.isEmpty() ? value : behind;
    Matcher measured = MEASURED.matcher(result);
    boolean unit = !formula && measured.matches() && Units.isUnit(measured.group(2));
    return List.of(unit ? measured.group(1) + " " + measured.group(2) : result);
  }

  /** Whether the left side of an equation is a sum to be done rather than a formula. */
  static boolean isArithmetic(String left) {
    String plain = ARITHMETIC.matcher(left).replaceAll("");
    return plain.chars().noneMatch(Character::isLetter)
        && plain.chars().noneMatch(c -> "<>!:".indexOf(c) >= 0);
  }

  private static List<List<Piece>> sentences(List<Piece> pieces) {
    List<List<Piece>> sentences = new ArrayList<>();
    List<Piece> sentence = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.is(Kind.END) || beginsAnother(piece, sentence)) {
        add(sentence, sentences);
        sentence = new ArrayList<>();
      }
      if (!piece.is(Kind.END)) {
        sentence.add(piece);
      }
    }
    add(sentence, sentences);
    return sentences;
  }

  /** "$y = 6$ So the pair is …": a sentence without a point before it. */
  private static boolean beginsAnother(Piece piece, List<Piece> sentence) {
    return piece.is(Kind.WORD)
        && !sentence.isEmpty()
        && sentence.getLast().is(Kind.VALUE)
        && Character.isUpperCase(piece.text().charAt(0))
        && (Grammar.isResult(piece.text()) || Grammar.isStart(piece.text()));
  }

  private static void add(List<Piece> sentence, List<List<Piece>> sentences) {
    int from = Math.max(0, sentence.size() - MOST_PIECES);
    if (!sentence.isEmpty()) {
      sentences.add(sentence.subList(from, sentence.size()));
    }
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - LONGEST_LINE));
  }

  /**
   * The lines that may hold the answer of a text that marks none, the last first: the formula that
   * ends it, its last line, and the lines above as long as they are only talk.
   */
  public static List<String> lines(String text) {
    SequencedSet<String> lines = new LinkedHashSet<>();
    String display = closingDisplay(text);
    if (display != null) {
      lines.add(display);
    }
    int end = text.length();
    for (int i = 0; i < MOST_LINES && end > 0; i++) {
      int start = text.lastIndexOf('\n', end - 1) + 1;
      String line = text.substring(Math.max(start, end - LONGEST_LINE), end).strip();
      end = start - 1;
      if (line.isEmpty()) {
        continue;
      }
      boolean digits = line.chars().anyMatch(Character::isDigit);
      if (!digits && GIVES_UP.matcher(line).find()) {
        break;
      }
      lines.add(HEADING.matcher(LIST_MARK.matcher(line).replaceFirst("")).replaceFirst(""));
      if (digits) {
        break;
      }
    }
    return List.copyOf(lines);
  }

  /** The formula on lines of its own with which a text ends; null when it ends otherwise. */
  private static @Nullable String closingDisplay(String text) {
    String trimmed = text.stripTrailing();
    String opening = trimmed.endsWith("$$") ? "$$" : trimmed.endsWith("\\]") ? "\\[" : null;
    if (opening == null) {
      return null;
    }
    int start = trimmed.lastIndexOf(opening, trimmed.length() - 3);
    MathDelimiters.Formula formula = start < 0 ? null : MathDelimiters.at(trimmed, start);
    return formula == null || formula.end() != trimmed.length() ? null : trimmed.substring(start);
  }

  /** The words a sentence ends with behind its verb: "Tuesday" of "It is Tuesday"; null if none. */
  public static @Nullable String predicate(String text) {
    List<List<Piece>> sentences = sentences(PieceReader.read(end(text), false));
    if (sentences.isEmpty()) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (Piece piece : sentences.getLast().reversed()) {
      boolean verb = piece.is(Kind.WORD) && isVerb(piece.text());
      if (verb || piece.is(Kind.COLON)) {
        return words.isEmpty() ? null : String.join(" ", words.reversed());
      }
      if (piece.is(Kind.COMMA)) {
        return null;
      }
      words.add(piece.text());
    }
    return null;
  }

  private static boolean isVerb(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "is", "are", "was", "were", "be" -> true;
      default -> false;
    };
  }
}
