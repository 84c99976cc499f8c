package dev.splitreason.answers.check.prose;

import dev.splitreason.answers.check.notation.Spelling;
import dev.splitreason.answers.check.prose.Piece.Kind;
import dev.splitreason.core.answer.MathDelimiters;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a sentence into words and values. What stands side by side without words between, {@code 100
 * - 40 = 60}, is one value; currency signs and emphasis are left out. Linear in the text's length:
 * every look ahead is bounded.
 */
final class PieceReader {

  /** Grouped by threes, the Indian way, by spaces; decimal commas; exponents; times of day. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\d{1,2}(?:,\\d{2})+,\\d{3}(?!\\d)(?:\\.\\d+)?"
              + "|\\d{1,3}(?:[,'\\u2019\\u00a0\\u202f\\u2009]\\d{3})+(?!\\d)(?:\\.\\d+)?"
              + "|\\d{1,3}(?: \\d{3})+(?![\\d/])(?:\\.\\d+)?"
              + "|\\d{1,2}:\\d{2}(?::\\d{2})?(?!\\d)"
              + "|\\d+,\\d+(?![\\d,]|\\.\\d)"
              + "|(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+(?![\\d\\p{L}]))?");

  private static final Pattern ORDINAL = Pattern.compile("(?:st|nd|rd|th)\\b");
  private static final Pattern COMPOUND = Pattern.compile("-\\p{L}");

  /** "45k"; behind a currency also "1.2M". */
  private static final Pattern THOUSAND = Pattern.compile("[kK](?![\\p{L}\\d])");

  private static final Pattern SCALE = Pattern.compile("[kKMB](?![\\p{L}\\d])");

  static final String CURRENCIES = "$\u20ac\u00a3\u00a5\u20b9";

  /** Brackets in brackets are read so deep. */
  static final int DEEPEST = 3;

  private final PieceScan scan;
  private final WordReader words;
  private final SignReader signs;
  private final CommandReader commands;

  private PieceReader(PieceScan scan) {
    this.scan = scan;
    this.words = new WordReader(scan);
    this.signs = new SignReader(scan);
    this.commands = new CommandReader(scan);
  }

  /**
   * The pieces of a text.
   *
   * @param formula whether the text stands in a box: what is no word is a formula, spaces in it
   *     mean nothing
   */
  static List<Piece> read(String text, boolean formula) {
    return read(text, formula, 0);
  }

  /**
   * The pieces of a text in brackets.
   *
   * @param depth in how many
   */
  static List<Piece> read(String text, boolean formula, int depth) {
    PieceScan scan = new PieceScan(text, formula, depth);
    PieceReader reader = new PieceReader(scan);
    while (scan.at < text.length()) {
      reader.next();
    }
    scan.flush();
    return scan.pieces;
  }

  private void next() {
    char c = scan.text.charAt(scan.at);
    MathDelimiters.Formula inDelimiters = MathDelimiters.at(scan.text, scan.at);
    if (Character.isWhitespace(c)) {
      scan.at++;
    } else if (scan.text.startsWith("**", scan.at) || scan.text.startsWith("__", scan.at)) {
      emphasis();
    } else if (inDelimiters != null) {
      delimited(inDelimiters);
    } else if (CURRENCIES.indexOf(c) >= 0) {
      scan.at++;
    } else if (c == '\\') {
      commands.read();
    } else if (PieceScan.isDigit(c) || (c == '.' && PieceScan.isDigit(scan.charAt(scan.at + 1)))) {
      number();
    } else if (Character.isLetter(c)) {
      words.read();
    } else if (c == '(' || c == '[' || c == '{') {
      group();
    } else {
      signs.read(c);
    }
  }

  /** A formula between delimiters; a point in it, at its end, ends the sentence. */
  private void delimited(MathDelimiters.Formula delimited) {
    String inside = delimited.inside().strip();
    scan.operand(inside, delimited.end());
    if (inside.endsWith(".") && !scan.formula) {
      scan.flush();
      scan.pieces.add(new Piece(Kind.END, ".", scan.bold, scan.at));
    }
  }

  private void emphasis() {
    boolean power =
        !scan.run.isEmpty()
            && isOperand(scan.charAt(scan.at - 1))
            && isOperand(scan.charAt(scan.at + 2));
    if (power) {
      scan.append("^", scan.at + 2);
    } else {
      scan.flush();
      scan.bold = !scan.bold;
      scan.at += 2;
    }
  }

  private static boolean isOperand(char c) {
    return PieceScan.isDigit(c) || c == ')' || c == '(' || (c < 128 && Character.isLetter(c));
  }

  private void number() {
    Matcher matcher = NUMBER.matcher(scan.text).region(scan.at, scan.text.length());
    if (!matcher.lookingAt()) {
      scan.at++;
      return;
    }
    boolean named = scan.charAt(scan.at - 1) == '#';
    int end = matcher.end();
    boolean money = CURRENCIES.indexOf(scan.charAt(scan.at - 1)) >= 0 && scan.at > 0;
    scan.operand(matcher.group(), end);
    if (!scan.formula && scan.looksAt(money ? SCALE : THOUSAND)) {
      scan.append(" " + Spelling.scale(String.valueOf(scan.charAt(end))), end + 1);
    }
    if (scan.looksAt(ORDINAL) || scan.looksAt(COMPOUND) || named) {
      scan.label = scan.run.indexOf("=") < 0;
      Matcher word = WordReader.WORD.matcher(scan.text).region(scan.at, scan.text.length());
      scan.at =
          scan.text.charAt(scan.at) == '-' ? scan.at + 1 : word.lookingAt() ? word.end() : scan.at;
      scan.flush();
    }
  }

  private void group() {
    int close = scan.closing(scan.at);
    if (close < 0) {
      scan.append(String.valueOf(scan.text.charAt(scan.at)), scan.at + 1);
      return;
    }
    String inside = scan.text.substring(scan.at + 1, close);
    boolean aside =
        scan.depth >= DEEPEST
            || read(inside, scan.formula, scan.depth + 1).stream()
                .anyMatch(piece -> piece.is(Kind.WORD) && !Grammar.isJoint(piece.text()));
    if (aside && !scan.formula) {
      scan.flush();
      scan.at = close + 1;
    } else {
      scan.operand(scan.text.substring(scan.at, close + 1), close + 1);
    }
  }
}
