package dev.splitreason.answers.check.prose;

import dev.splitreason.answers.check.prose.Piece.Kind;
import java.util.Set;
import java.util.regex.Matcher;

/** Reads what is neither letter nor digit: operators, and the marks that part sentences. */
final class SignReader {

  private static final Set<String> ABBREVIATIONS =
      Set.of("Mr", "Mrs", "Ms", "Dr", "St", "vs", "approx", "No", "etc", "Rs", "sq", "cu", "ca");

  private static final String SYMBOLS =
      "\u221a\u221e\u03c0\u03b8\u2208\u222a\u2229\u2205\u00b2\u00b3\u00bd\u00bc\u00be\u2153\u2154";

  private final PieceScan scan;

  SignReader(PieceScan scan) {
    this.scan = scan;
  }

  /** Reads the sign here. */
  void read(char c) {
    if (c == '%' || c == '\u2026' || c == '\u00b0' || (c == '|' && scan.formula) || c == '\'') {
      scan.appendIfOpen(c);
    } else if (c == '\u00a2') {
      scan.flush();
      scan.pieces.add(new Piece(Kind.WORD, "cents", scan.bold, scan.at + 1));
      scan.at++;
    } else if (SYMBOLS.indexOf(c) >= 0) {
      scan.append(String.valueOf(c), scan.at + 1);
    } else if (PieceScan.OPERATORS.indexOf(c) >= 0) {
      operator(c);
    } else if (c == ',' || c == ';' || c == '\uff0c' || c == '\u3001') {
      scan.mark(scan.formula ? Kind.COMMA : c == ';' ? Kind.END : Kind.COMMA);
    } else if (c == '!' && !scan.run.isEmpty() && (scan.formula || !isSentenceEnd(scan.at + 1))) {
      scan.appendIfOpen(c);
    } else if (c == '.' && scan.text.startsWith("...", scan.at)) {
      scan.run.append(scan.run.isEmpty() ? "" : "\\ldots ");
      scan.runEnd = scan.at + 3;
      scan.at += 3;
    } else if (c == '.' && isAbbreviation()) {
      scan.at++;
    } else if ((c == '.' || c == '!' || c == '?') && isSentenceEnd(scan.at + 1)) {
      scan.mark(scan.formula ? Kind.COMMA : Kind.END);
    } else if (c == '\u3002' || c == '\uff1f') {
      scan.mark(Kind.END);
    } else if (c == '\uff1a') {
      scan.mark(Kind.COLON);
    } else if (scan.formula && c != '`' && c != '"' && c != '&') {
      scan.append(String.valueOf(c), scan.at + 1);
    } else {
      scan.flush();
      scan.at++;
    }
  }

  private boolean isAbbreviation() {
    Piece last = scan.pieces.isEmpty() ? null : scan.pieces.getLast();
    return last != null && last.end() == scan.at && ABBREVIATIONS.contains(last.text());
  }

  private boolean isSentenceEnd(int from) {
    char next = scan.charAt(from);
    return next == 0 || Character.isWhitespace(next) || next == '*' || next == '"' || next == ')';
  }

  private void operator(char c) {
    int next = scan.skipSpaces(scan.at + 1);
    boolean operandNext =
        isOperandStart(scan.charAt(next)) || (scan.formula && next < scan.text.length());
    boolean open = !scan.run.isEmpty();
    boolean dash = c == '-' || c == '\u2212' || c == '\u2013' || c == '+';
    if (c == ':') {
      if (open
          && PieceScan.isDigit(scan.charAt(scan.at - 1))
          && PieceScan.isDigit(scan.charAt(scan.at + 1))) {
        scan.append(":", scan.at + 1);
      } else {
        scan.mark(Kind.COLON);
      }
    } else if (c == '=' && !open) {
      scan.mark(Kind.EQUALS);
    } else if (c == '/' && open && scan.charAt(next) < 128 && isWordAt(next)) {
      scan.flush(); // "$6/widget"
      scan.at++;
    } else if (open
        && operandNext
        && !(c == '*' && scan.runEnd < scan.at && next == scan.at + 1 && !scan.formula)) {
      scan.append(String.valueOf(c), scan.at + 1);
    } else if (dash && !open && operandNext && next == scan.at + 1 && isDetached()) {
      scan.append(String.valueOf(c), scan.at + 1);
    } else if (c == '\u00b1' || c == '\u2248') {
      scan.append(String.valueOf(c), scan.at + 1);
    } else {
      scan.flush();
      scan.at++;
    }
  }

  /** A sign belongs to its number where no word ends before it. */
  private boolean isDetached() {
    char before = scan.charAt(scan.at - 1);
    return before == 0 || !Character.isLetterOrDigit(before);
  }

  private boolean isWordAt(int place) {
    Matcher word =
        WordReader.WORD
            .matcher(scan.text)
            .region(Math.min(place, scan.text.length()), scan.text.length());
    return word.lookingAt() && word.end() - place > 1;
  }

  private static boolean isOperandStart(char c) {
    return PieceScan.isDigit(c)
        || Character.isLetter(c)
        || (c != 0 && "($[{\\.-+*/=\u2212|\u221a\u03c0\u20ac\u00a3\u00a5<>".indexOf(c) >= 0);
  }
}
