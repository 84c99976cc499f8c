package dev.splitreason.answers.check.symbolic;

import java.util.List;

/**
 * What a {@link SymbolicPool} can be asked about two formulas.
 *
 * @param kind what to find out
 * @param left in Symja's language, as {@link SymjaSyntax} writes it
 * @param right likewise, by the same writer
 * @param variables the variables of both, as the writer named them
 */
public record Question(Kind kind, String left, String right, List<String> variables) {

  private static final String FIELD = "\t";

  /** What to find out. */
  public enum Kind {
    /** Whether left = right: {@link Answer#YES} or {@link Answer#NO}. */
    EQUAL,
    /** The same, proved by simplification alone: nothing is taken for zero that is only small. */
    PROVED_EQUAL,
    /** Whether left / right is a constant other than 0, and its sign. */
    PROPORTIONAL
  }

  /** What came back. */
  public enum Answer {
    YES,
    /** Refuted, or not to be proved with what Symja knows. */
    NO,
    /** Proportional, by a factor above 0. */
    POSITIVE,
    /** Proportional, by a factor below 0. */
    NEGATIVE,
    /** Not to be computed: Symja failed, or the expressions are no formulas. */
    UNKNOWN,
    /** The time or memory limit was met. */
    LIMIT
  }

  /** The question as one line. */
  String line() {
    return String.join(FIELD, kind.name(), left, right, String.join(" ", variables));
  }

  /** The question of a line. */
  static Question of(String line) {
    String[] fields = line.split(FIELD, -1);
    List<String> variables = fields[3].isEmpty() ? List.of() : List.of(fields[3].split(" ", -1));
    return new Question(Kind.valueOf(fields[0]), fields[1], fields[2], variables);
  }
}
