package dev.splitreason.answers.check.prose;

import dev.splitreason.answers.check.prose.Piece.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How far a text is cut into pieces: the place, the pieces behind it, and the value that is open
 * there. It knows what belongs to a value beside it, not what a word or a sign means.
 */
final class PieceScan {

  static final String OPERATORS =
      "+-*/^=<>_\u2264\u2265\u2260\u2248\u00b1\u00d7\u00f7\u00b7\u2212\u2013:";

  private static final int LONGEST_GROUP = 400;

  final String text;

  /** Whether the text stands in a box: what is no word is a formula, spaces in it mean nothing. */
  final boolean formula;

  /** In how many brackets it stands. */
  final int depth;

  final List<Piece> pieces = new ArrayList<>();

  /** The value that is open. */
  final StringBuilder run = new StringBuilder();

  /** Where the open value ends so far. */
  int runEnd;

  int at;

  /** Whether the open value counts or names something in passing. */
  boolean label;

  boolean bold;

  PieceScan(String text, boolean formula, int depth) {
    this.text = text;
    this.formula = formula;
    this.depth = depth;
  }

  // ---- the value that is open ----

  /** Adds an operand; one beside another without a sign starts a new value in a sentence. */
  void operand(String operand, int end) {
    boolean beside = !run.isEmpty() && !endsWithOperator() && !startsWithOperator(operand);
    boolean mixed = beside && isMixed(operand, end);
    if (beside && runEnd < at && !formula && !mixed) {
      flush();
    }
    append((mixed ? " " : "") + operand, end);
  }

  private boolean isMixed(String operand, int end) {
    boolean fraction = charAt(end) == '/' && isDigit(charAt(end + 1));
    return isDigit(run.charAt(run.length() - 1))
        && isDigit(operand.charAt(0))
        && run.chars().allMatch(c -> isDigit((char) c) || c == '-')
        && fraction;
  }

  private boolean endsWithOperator() {
    char last = run.charAt(run.length() - 1);
    return OPERATORS.indexOf(last) >= 0 || last == ' ' || last == '\u221a';
  }

  private static boolean startsWithOperator(String operand) {
    return operand.isEmpty()
        || (operand.charAt(0) != '-' && OPERATORS.indexOf(operand.charAt(0)) >= 0)
        || operand.startsWith("\\approx")
        || operand.startsWith("\\times")
        || operand.startsWith("\\cdot");
  }

  void append(String atom, int end) {
    boolean spaced = !run.isEmpty() && runEnd < at;
    run.append(spaced ? " " : "").append(atom);
    runEnd = end;
    at = end;
  }

  void appendIfOpen(char c) {
    if (run.isEmpty()) {
      at++;
    } else {
      append(String.valueOf(c), at + 1);
    }
  }

  void mark(Kind kind) {
    flush();
    pieces.add(new Piece(kind, String.valueOf(text.charAt(at)), bold, at + 1));
    at++;
  }

  void flush() {
    String value = run.toString().strip();
    if (!value.isEmpty()
        && value.chars().anyMatch(c -> Character.isLetterOrDigit(c) || c > 0x2200)) {
      pieces.add(new Piece(label ? Kind.LABEL : Kind.VALUE, value, bold, runEnd));
    }
    run.setLength(0);
    label = false;
  }

  // ---- what stands around ----

  /** Where the bracket here closes, by any closing bracket as intervals do; −1 when it does not. */
  int closing(int open) {
    boolean brace = text.charAt(open) == '{';
    int last = Math.min(text.length(), open + LONGEST_GROUP);
    int depthHere = 0;
    for (int i = open; i < last; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (brace ? c == '{' : c == '(' || c == '[') {
        depthHere++;
      } else if ((brace ? c == '}' : c == ')' || c == ']') && --depthHere == 0) {
        return i;
      }
    }
    return -1;
  }

  boolean looksAt(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length()).lookingAt();
  }

  int skipSpaces(int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  char charAt(int place) {
    return place >= 0 && place < text.length() ? text.charAt(place) : 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
