package dev.splitreason.answers.check.prose;

import dev.splitreason.answers.check.notation.Units;
import dev.splitreason.answers.check.prose.Piece.Kind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads letters: words of the sentence, and variables, functions and names in formulas. */
final class WordReader {

  static final Pattern WORD =
      Pattern.compile("\\p{L}[\\p{L}\\p{N}]*+(?:['\\u2019-]\\p{L}[\\p{L}\\p{N}]*+)*+");

  private static final Pattern CLOCK = Pattern.compile("([aApP])(?:\\.\\s?m\\.|[mM])(?![\\p{L}])");
  private static final Pattern CALL = Pattern.compile("[a-zA-Z]{1,2}\\(");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "log", "ln",
          "sqrt", "exp", "gcd", "lcm", "max", "min");

  private static final Set<String> CONSTANTS = Set.of("pi", "infinity");
  private static final String OR_MINUS = " or minus";
  private static final int LONGEST_FIGURE = 4;

  private final PieceScan scan;

  WordReader(PieceScan scan) {
    this.scan = scan;
  }

  /** Reads the letters here. */
  void read() {
    Matcher matcher = WORD.matcher(scan.text).region(scan.at, scan.text.length());
    if (!matcher.lookingAt()) {
      scan.at++;
      return;
    }
    Matcher clock = CLOCK.matcher(scan.text).region(scan.at, scan.text.length());
    if (clock.lookingAt() && !scan.run.isEmpty()) {
      scan.append(" " + clock.group(1) + "m", clock.end());
      return;
    }
    String word = matcher.group();
    int end = matcher.end();
    boolean directly = !scan.run.isEmpty() && scan.runEnd == scan.at;
    boolean call = CALL.matcher(scan.text).region(scan.at, scan.text.length()).lookingAt();
    boolean variable = word.length() == 1 && word.charAt(0) < 128;
    if (word.equalsIgnoreCase("plus") && scan.text.startsWith(OR_MINUS, end)) {
      scan.append("\\pm ", end + OR_MINUS.length());
    } else if (isTimes(word, end)) {
      scan.append("*", end);
    } else if (call && scan.closing(scan.text.indexOf('(', scan.at)) > 0) {
      int behind = scan.closing(scan.text.indexOf('(', scan.at)) + 1;
      scan.operand(scan.text.substring(scan.at, behind), behind);
    } else if (CONSTANTS.contains(word) || (FUNCTIONS.contains(word) && isArgument(end))) {
      scan.append(" " + word + " ", end);
    } else if (isGeometric(word) && scan.charAt(scan.skipSpaces(end)) == '=') {
      scan.operand(word, end);
    } else if ((variable && (directly || !isArticle(word, end))) || isIndexed(word)) {
      scan.operand(word, end);
    } else if (directly && word.length() == 2 && !Units.isUnit(word) && isFormulaAround(end)) {
      scan.operand(word, end);
    } else {
      scan.flush();
      scan.pieces.add(new Piece(Kind.WORD, word, scan.bold, end));
      scan.at = end;
    }
  }

  /** "6 x 8": the letter between two numbers. */
  private boolean isTimes(String word, int end) {
    if (!word.equals("x") && !word.equals("X")) {
      return false;
    }
    int next = scan.skipSpaces(end);
    boolean number =
        PieceScan.isDigit(scan.charAt(next))
            || PieceReader.CURRENCIES.indexOf(scan.charAt(next)) >= 0;
    boolean spaced = next > end && scan.runEnd < scan.at;
    boolean between = next == end && scan.runEnd == scan.at;
    return number && !scan.run.isEmpty() && (spaced || between);
  }

  /** Whether a letter is the word "a" or "I" rather than a variable. */
  private boolean isArticle(String word, int end) {
    if (scan.formula || !(word.equals("a") || word.equals("A") || word.equals("I"))) {
      return false;
    }
    int place = scan.skipSpaces(end);
    char next = scan.charAt(place);
    Matcher following = WORD.matcher(scan.text).region(place, scan.text.length());
    if (following.lookingAt() && Grammar.isJoint(following.group())) {
      return false;
    }
    return Character.isLetter(next)
        || PieceScan.isDigit(next)
        || next == '*'
        || next == '$'
        || next == '\\';
  }

  /** "AB", "PQR": points side by side name a line or a figure. */
  private static boolean isGeometric(String word) {
    return word.length() >= 2
        && word.length() <= LONGEST_FIGURE
        && word.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static boolean isIndexed(String word) {
    return word.length() > 1
        && word.charAt(0) < 128
        && word.substring(1).chars().allMatch(c -> PieceScan.isDigit((char) c));
  }

  private boolean isFormulaAround(int end) {
    return PieceScan.OPERATORS.indexOf(scan.charAt(scan.skipSpaces(end))) >= 0
        || scan.run.indexOf("=") >= 0;
  }

  private boolean isArgument(int end) {
    char next = scan.charAt(scan.skipSpaces(end));
    return next == '('
        || next == '\\'
        || next == '{'
        || PieceScan.isDigit(next)
        || next == '^'
        || next == '_';
  }
}
