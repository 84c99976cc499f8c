package dev.splitreason.answers.check.prose;

import dev.splitreason.answers.check.prose.Piece.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads TeX's commands: those that style words, those that only space, and parts of formulas. */
final class CommandReader {

  private static final Pattern COMMAND = Pattern.compile("\\\\(?:[a-zA-Z]+|.)");

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

  private final PieceScan scan;

  CommandReader(PieceScan scan) {
    this.scan = scan;
  }

  /** Reads the command here. */
  void read() {
    Matcher matcher = COMMAND.matcher(scan.text).region(scan.at, scan.text.length());
    if (!matcher.lookingAt()) {
      scan.at++;
      return;
    }
    String name = matcher.group();
    if (SPACING.contains(name)) {
      scan.at = matcher.end();
    } else if (name.equals("\\\\") && Character.isLetter(scan.charAt(scan.at + 2))) {
      scan.at++; // escaped once too often
    } else if (STYLES.contains(name)) {
      styled(matcher.end());
    } else if (name.equals("\\%")) {
      scan.append("%", matcher.end());
    } else if (name.equals("\\{")) {
      int end = scan.text.indexOf("\\}", scan.at);
      scan.operand(
          scan.text.substring(scan.at, end < 0 ? matcher.end() : end + 2),
          end < 0 ? matcher.end() : end + 2);
    } else if (name.equals("\\begin")) {
      int end = scan.text.indexOf("\\end{", scan.at);
      int close = end < 0 ? -1 : scan.text.indexOf('}', end);
      int behind = close < 0 ? matcher.end() : close + 1;
      scan.operand(scan.text.substring(scan.at, behind), behind);
    } else {
      int end = matcher.end();
      while (end < scan.text.length()
          && (scan.text.charAt(end) == '{' || scan.text.charAt(end) == '[')) {
        int close = scan.closing(end);
        if (close < 0) {
          break;
        }
        end = close + 1;
      }
      scan.append(scan.text.substring(scan.at, end), end);
    }
  }

  /** Words in a scan.formula: {@code \text{There are } 5}. */
  private void styled(int from) {
    int close =
        from < scan.text.length() && scan.text.charAt(from) == '{' ? scan.closing(from) : -1;
    if (close < 0) {
      scan.at = from;
      return;
    }
    String inside = scan.text.substring(from + 1, close);
    List<Piece> inner =
        scan.depth < PieceReader.DEEPEST
            ? PieceReader.read(inside, false, scan.depth + 1)
            : List.of();
    boolean words = inner.stream().anyMatch(piece -> piece.is(Kind.WORD));
    if (words) {
      scan.flush();
      inner.forEach(
          piece -> scan.pieces.add(new Piece(piece.kind(), piece.text(), scan.bold, close + 1)));
      scan.at = close + 1;
    } else {
      scan.append(scan.text.substring(scan.at, close + 1), close + 1);
    }
  }
}
