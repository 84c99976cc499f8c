package dev.splitreason.answers.check.prose;

import dev.splitreason.answers.check.notation.Units;
import dev.splitreason.answers.check.prose.Piece.Kind;
import dev.splitreason.core.answer.MathDelimiters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  private static final Pattern WORD =
      Pattern.compile("\\p{L}[\\p{L}\\p{N}]*+(?:['\\u2019-]\\p{L}[\\p{L}\\p{N}]*+)*+");

  private static final Pattern ORDINAL = Pattern.compile("(?:st|nd|rd|th)\\b");
  private static final Pattern COMPOUND = Pattern.compile("-\\p{L}");
  private static final Pattern COMMAND = Pattern.compile("\\\\(?:[a-zA-Z]+|.)");
  private static final Pattern CLOCK = Pattern.compile("([aApP])(?:\\.\\s?m\\.|[mM])(?![\\p{L}])");
  private static final Pattern CALL = Pattern.compile("[a-zA-Z]{1,2}\\(");

  private static final Set<String> STYLES =
      Set.of(
          "\\text",
          "\\textbf",
          "\\textit",
          "\\textrm",
          "\\textnormal",
          "\\mbox",
          "\\mathrm",
          "\\operatorname",
          "\\hbox",
          "\\textsf");

  private static final Set<String> SPACING =
      Set.of("\\,", "\\;", "\\:", "\\!", "\\ ", "\\quad", "\\qquad", "\\$", "\\displaystyle");

  private static final Set<String> ABBREVIATIONS =
      Set.of("Mr", "Mrs", "Ms", "Dr", "St", "vs", "approx", "No", "etc", "Rs", "sq", "cu", "ca");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "log", "ln",
          "sqrt", "exp", "gcd", "lcm", "max", "min");

  private static final Set<String> CONSTANTS = Set.of("pi", "infinity");
  private static final String OR_MINUS = " or minus";
  private static final String OPERATORS =
      "+-*/^=<>_\u2264\u2265\u2260\u2248\u00b1\u00d7\u00f7\u00b7\u2212\u2013:";
  private static final String SYMBOLS =
      "\u221a\u221e\u03c0\u03b8\u2208\u222a\u2229\u2205\u00b2\u00b3\u00bd\u00bc\u00be\u2153\u2154";
  private static final String CURRENCIES = "$\u20ac\u00a3\u00a5\u20b9";
  private static final int LONGEST_FIGURE = 4;
  private static final int LONGEST_GROUP = 400;
  private static final int DEEPEST = 3;

  private final String text;
  private final boolean formula;
  private final int depth;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private int at;
  private int runEnd;
  private boolean label;
  private boolean bold;

  private PieceReader(String text, boolean formula, int depth) {
    this.text = text;
    this.formula = formula;
    this.depth = depth;
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

  private static List<Piece> read(String text, boolean formula, int depth) {
    PieceReader reader = new PieceReader(text, formula, depth);
    while (reader.at < text.length()) {
      reader.next();
    }
    reader.flush();
    return reader.pieces;
  }

  private void next() {
    char c = text.charAt(at);
    MathDelimiters.Formula inDelimiters = MathDelimiters.at(text, at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (text.startsWith("**", at) || text.startsWith("__", at)) {
      emphasis();
    } else if (inDelimiters != null) {
      delimited(inDelimiters);
    } else if (CURRENCIES.indexOf(c) >= 0) {
      at++;
    } else if (c == '\\') {
      command();
    } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
      number();
    } else if (Character.isLetter(c)) {
      letters();
    } else if (c == '(' || c == '[' || c == '{') {
      group();
    } else {
      sign(c);
    }
  }

  /** A formula between delimiters; a point in it, at its end, ends the sentence. */
  private void delimited(MathDelimiters.Formula delimited) {
    String inside = delimited.inside().strip();
    operand(inside, delimited.end());
    if (inside.endsWith(".") && !formula) {
      flush();
      pieces.add(new Piece(Kind.END, ".", bold, at));
    }
  }

  private void emphasis() {
    boolean power = !run.isEmpty() && isOperand(charAt(at - 1)) && isOperand(charAt(at + 2));
    if (power) {
      append("^", at + 2);
    } else {
      flush();
      bold = !bold;
      at += 2;
    }
  }

  private void command() {
    Matcher matcher = COMMAND.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      at++;
      return;
    }
    String name = matcher.group();
    if (SPACING.contains(name)) {
      at = matcher.end();
    } else if (name.equals("\\\\") && Character.isLetter(charAt(at + 2))) {
      at++; // escaped once too often
    } else if (STYLES.contains(name)) {
      styled(matcher.end());
    } else if (name.equals("\\%")) {
      append("%", matcher.end());
    } else if (name.equals("\\{")) {
      int end = text.indexOf("\\}", at);
      operand(
          text.substring(at, end < 0 ? matcher.end() : end + 2), end < 0 ? matcher.end() : end + 2);
    } else if (name.equals("\\begin")) {
      int end = text.indexOf("\\end{", at);
      int close = end < 0 ? -1 : text.indexOf('}', end);
      int behind = close < 0 ? matcher.end() : close + 1;
      operand(text.substring(at, behind), behind);
    } else {
      int end = matcher.end();
      while (end < text.length() && (text.charAt(end) == '{' || text.charAt(end) == '[')) {
        int close = closing(end);
        if (close < 0) {
          break;
        }
        end = close + 1;
      }
      append(text.substring(at, end), end);
    }
  }

  /** Words in a formula: {@code \text{There are } 5}. */
  private void styled(int from) {
    int close = from < text.length() && text.charAt(from) == '{' ? closing(from) : -1;
    if (close < 0) {
      at = from;
      return;
    }
    String inside = text.substring(from + 1, close);
    List<Piece> inner = depth < DEEPEST ? read(inside, false, depth + 1) : List.of();
    boolean words = inner.stream().anyMatch(piece -> piece.is(Kind.WORD));
    if (words) {
      flush();
      inner.forEach(piece -> pieces.add(new Piece(piece.kind(), piece.text(), bold, close + 1)));
      at = close + 1;
    } else {
      append(text.substring(at, close + 1), close + 1);
    }
  }

  private void number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      at++;
      return;
    }
    boolean named = charAt(at - 1) == '#';
    int end = matcher.end();
    operand(matcher.group(), end);
    if (looksAt(ORDINAL) || looksAt(COMPOUND) || named) {
      label = run.indexOf("=") < 0;
      Matcher word = WORD.matcher(text).region(at, text.length());
      at = text.charAt(at) == '-' ? at + 1 : word.lookingAt() ? word.end() : at;
      flush();
    }
  }

  private void letters() {
    Matcher matcher = WORD.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      at++;
      return;
    }
    Matcher clock = CLOCK.matcher(text).region(at, text.length());
    if (clock.lookingAt() && !run.isEmpty()) {
      append(" " + clock.group(1) + "m", clock.end());
      return;
    }
    String word = matcher.group();
    int end = matcher.end();
    boolean directly = !run.isEmpty() && runEnd == at;
    boolean call = CALL.matcher(text).region(at, text.length()).lookingAt();
    boolean variable = word.length() == 1 && word.charAt(0) < 128;
    if (word.equalsIgnoreCase("plus") && text.startsWith(OR_MINUS, end)) {
      append("\\pm ", end + OR_MINUS.length());
    } else if (isTimes(word, end)) {
      append("*", end);
    } else if (call && closing(text.indexOf('(', at)) > 0) {
      int behind = closing(text.indexOf('(', at)) + 1;
      operand(text.substring(at, behind), behind);
    } else if (CONSTANTS.contains(word) || (FUNCTIONS.contains(word) && isArgument(end))) {
      append(" " + word + " ", end);
    } else if (isGeometric(word) && charAt(skipSpaces(end)) == '=') {
      operand(word, end);
    } else if ((variable && (directly || !isArticle(word, end))) || isIndexed(word)) {
      operand(word, end);
    } else if (directly && word.length() == 2 && !Units.isUnit(word) && isFormulaAround(end)) {
      operand(word, end);
    } else {
      flush();
      pieces.add(new Piece(Kind.WORD, word, bold, end));
      at = end;
    }
  }

  /** "6 x 8": the letter between two numbers. */
  private boolean isTimes(String word, int end) {
    if (!word.equals("x") && !word.equals("X")) {
      return false;
    }
    int next = skipSpaces(end);
    boolean number = isDigit(charAt(next)) || CURRENCIES.indexOf(charAt(next)) >= 0;
    boolean spaced = next > end && runEnd < at;
    boolean between = next == end && runEnd == at;
    return number && !run.isEmpty() && (spaced || between);
  }

  /** Whether a letter is the word "a" or "I" rather than a variable. */
  private boolean isArticle(String word, int end) {
    if (formula || !(word.equals("a") || word.equals("A") || word.equals("I"))) {
      return false;
    }
    int place = skipSpaces(end);
    char next = charAt(place);
    Matcher following = WORD.matcher(text).region(place, text.length());
    if (following.lookingAt() && isJoint(following.group())) {
      return false;
    }
    return Character.isLetter(next) || isDigit(next) || next == '*' || next == '$' || next == '\\';
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
        && word.substring(1).chars().allMatch(c -> isDigit((char) c));
  }

  private boolean isFormulaAround(int end) {
    return OPERATORS.indexOf(charAt(skipSpaces(end))) >= 0 || run.indexOf("=") >= 0;
  }

  private boolean isArgument(int end) {
    char next = charAt(skipSpaces(end));
    return next == '('
        || next == '\\'
        || next == '{'
        || isDigit(next)
        || next == '^'
        || next == '_';
  }

  private void group() {
    int close = closing(at);
    if (close < 0) {
      append(String.valueOf(text.charAt(at)), at + 1);
      return;
    }
    String inside = text.substring(at + 1, close);
    boolean aside =
        depth >= DEEPEST
            || read(inside, formula, depth + 1).stream()
                .anyMatch(piece -> piece.is(Kind.WORD) && !isJoint(piece.text()));
    if (aside && !formula) {
      flush();
      at = close + 1;
    } else {
      operand(text.substring(at, close + 1), close + 1);
    }
  }

  private void sign(char c) {
    if (c == '%' || c == '\u2026' || c == '\u00b0' || (c == '|' && formula) || c == '\'') {
      appendIfOpen(c);
    } else if (SYMBOLS.indexOf(c) >= 0) {
      append(String.valueOf(c), at + 1);
    } else if (OPERATORS.indexOf(c) >= 0) {
      operator(c);
    } else if (c == ',' || c == ';' || c == '\uff0c' || c == '\u3001') {
      mark(formula ? Kind.COMMA : c == ';' ? Kind.END : Kind.COMMA);
    } else if (c == '!' && !run.isEmpty() && (formula || !isSentenceEnd(at + 1))) {
      appendIfOpen(c);
    } else if (c == '.' && text.startsWith("...", at)) {
      run.append(run.isEmpty() ? "" : "\\ldots ");
      runEnd = at + 3;
      at += 3;
    } else if (c == '.' && isAbbreviation()) {
      at++;
    } else if ((c == '.' || c == '!' || c == '?') && isSentenceEnd(at + 1)) {
      mark(formula ? Kind.COMMA : Kind.END);
    } else if (c == '\u3002' || c == '\uff1f') {
      mark(Kind.END);
    } else if (c == '\uff1a') {
      mark(Kind.COLON);
    } else if (formula && c != '`' && c != '"' && c != '&') {
      append(String.valueOf(c), at + 1);
    } else {
      flush();
      at++;
    }
  }

  private boolean isAbbreviation() {
    Piece last = pieces.isEmpty() ? null : pieces.getLast();
    return last != null && last.end() == at && ABBREVIATIONS.contains(last.text());
  }

  private boolean isSentenceEnd(int from) {
    char next = charAt(from);
    return next == 0 || Character.isWhitespace(next) || next == '*' || next == '"' || next == ')';
  }

  private void operator(char c) {
    int next = skipSpaces(at + 1);
    boolean operandNext = isOperandStart(charAt(next)) || (formula && next < text.length());
    boolean open = !run.isEmpty();
    boolean dash = c == '-' || c == '\u2212' || c == '\u2013' || c == '+';
    if (c == ':') {
      if (open && isDigit(charAt(at - 1)) && isDigit(charAt(at + 1))) {
        append(":", at + 1);
      } else {
        mark(Kind.COLON);
      }
    } else if (c == '=' && !open) {
      mark(Kind.EQUALS);
    } else if (c == '/' && open && charAt(next) < 128 && isWordAt(next)) {
      flush(); // "$6/widget"
      at++;
    } else if (open && operandNext && !(c == '*' && runEnd < at && next == at + 1 && !formula)) {
      append(String.valueOf(c), at + 1);
    } else if (dash && !open && operandNext && next == at + 1 && isDetached()) {
      append(String.valueOf(c), at + 1);
    } else if (c == '\u00b1' || c == '\u2248') {
      append(String.valueOf(c), at + 1);
    } else {
      flush();
      at++;
    }
  }

  /** A sign belongs to its number where no word ends before it. */
  private boolean isDetached() {
    char before = charAt(at - 1);
    return before == 0 || !Character.isLetterOrDigit(before);
  }

  private boolean isWordAt(int place) {
    Matcher word = WORD.matcher(text).region(Math.min(place, text.length()), text.length());
    return word.lookingAt() && word.end() - place > 1;
  }

  private boolean isOperandStart(char c) {
    return isDigit(c)
        || Character.isLetter(c)
        || (c != 0 && "($[{\\.-+*/=\u2212|\u221a\u03c0\u20ac\u00a3\u00a5<>".indexOf(c) >= 0);
  }

  private static boolean isOperand(char c) {
    return isDigit(c) || c == ')' || c == '(' || (c < 128 && Character.isLetter(c));
  }

  /** Adds an operand; one beside another without a sign starts a new value in a sentence. */
  private void operand(String operand, int end) {
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

  private void append(String atom, int end) {
    boolean spaced = !run.isEmpty() && runEnd < at;
    run.append(spaced ? " " : "").append(atom);
    runEnd = end;
    at = end;
  }

  private void appendIfOpen(char c) {
    if (run.isEmpty()) {
      at++;
    } else {
      append(String.valueOf(c), at + 1);
    }
  }

  private void mark(Kind kind) {
    flush();
    pieces.add(new Piece(kind, String.valueOf(text.charAt(at)), bold, at + 1));
    at++;
  }

  private void flush() {
    String value = run.toString().strip();
    if (!value.isEmpty()
        && value.chars().anyMatch(c -> Character.isLetterOrDigit(c) || c > 0x2200)) {
      pieces.add(new Piece(label ? Kind.LABEL : Kind.VALUE, value, bold, runEnd));
    }
    run.setLength(0);
    label = false;
  }

  /** Where the bracket here closes, by any closing bracket as intervals do; −1 when it does not. */
  private int closing(int open) {
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

  private boolean looksAt(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length()).lookingAt();
  }

  private int skipSpaces(int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  private char charAt(int place) {
    return place >= 0 && place < text.length() ? text.charAt(place) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isJoint(String word) {
    return switch (word) {
      case "and", "or", "And", "Or" -> true;
      default -> false;
    };
  }
}
