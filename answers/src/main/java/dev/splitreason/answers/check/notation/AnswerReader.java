package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Expression.Based;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Comparator;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.NamedSet;
import dev.splitreason.answers.check.notation.Expression.Operation;
import dev.splitreason.answers.check.notation.Expression.Ratio;
import dev.splitreason.answers.check.notation.Expression.Relation;
import dev.splitreason.answers.check.notation.Expression.SetOperation;
import dev.splitreason.answers.check.notation.Expression.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer: lists of relations of sets of formulas, by recursive descent.
 *
 * <pre>
 * list     := relation ((',' | ';' | 'and' | 'or') relation)*
 * relation := sets (('=' | '&lt;' | '≤' | '∈' …) sets)*
 * sets     := ratio (('∪' | '∩' | '∖') ratio)*
 * ratio    := formula (':' formula)*
 * </pre>
 *
 * Formulas are {@link FormulaReader}'s.
 */
public final class AnswerReader {

  /** Longer texts are prose. */
  private static final int LONGEST = 4000;

  private static final Pattern BASED =
      Pattern.compile("([0-9A-Fa-f]{1,100})\\s*_\\s*(?:\\{\\s*(\\d{1,2})\\s*\\}|(\\d{1,2}))");

  private final Cursor cursor;
  private final Connectives connectives;
  private final FormulaReader formulas;

  private AnswerReader(String text, Conventions conventions) {
    this.cursor = new Cursor(text);
    this.connectives = new Connectives(cursor);
    this.formulas = new FormulaReader(cursor, connectives, conventions, this);
  }

  /**
   * Reads one answer.
   *
   * @param unified as {@link Spelling#unify} gives it
   * @param conventions how to read what may be read in more than one way
   * @return what it says; null when it is not readable as mathematics
   */
  public static @Nullable Expression read(String unified, Conventions conventions) {
    if (unified.isEmpty() || unified.length() > LONGEST) {
      return null;
    }
    Matcher based = BASED.matcher(unified);
    if (based.matches()) {
      String base = based.group(2) == null ? based.group(3) : based.group(2);
      return new Based(based.group(1), Integer.parseInt(base));
    }
    try {
      AnswerReader reader = new AnswerReader(unified, conventions);
      Expression answer = reader.list();
      return reader.cursor.atEnd() ? answer : null;
    } catch (Unreadable notMathematics) {
      return null;
    }
  }

  /** Items up to a closing bracket or the end: the item itself, or a group of them. */
  Expression list() {
    List<List<Expression>> runs = new ArrayList<>();
    List<Expression> run = new ArrayList<>(List.of(relation()));
    runs.add(run);
    boolean onlyAnd = true;
    for (var joint = connectives.take();
        joint != Connectives.Joint.NONE;
        joint = connectives.take()) {
      if (closesOrEnds()) {
        break;
      }
      if (joint != Connectives.Joint.COMMA && joint != Connectives.Joint.AND) {
        run = new ArrayList<>();
        runs.add(run);
      }
      onlyAnd &= joint == Connectives.Joint.AND;
      run.add(relation());
    }
    if (runs.size() == 1) {
      return run.size() == 1 ? run.getFirst() : group(onlyAnd ? Bracket.AND : Bracket.BARE, run);
    }
    return group(Bracket.BARE, inRuns(runs));
  }

  /** {@code p=5, q=2; p=7, q=2} is two points; {@code 1, 2 or 3} is three items. */
  private static List<Expression> inRuns(List<List<Expression>> runs) {
    int length = runs.getFirst().size();
    boolean points = length > 1 && runs.stream().allMatch(run -> run.size() == length);
    List<Expression> items = new ArrayList<>();
    for (List<Expression> run : runs) {
      if (points) {
        items.add(group(Bracket.ROUND, run));
      } else {
        items.addAll(run);
      }
    }
    return items;
  }

  private static Group group(Bracket bracket, List<Expression> items) {
    return new Group(bracket, List.copyOf(items));
  }

  private boolean closesOrEnds() {
    char next = cursor.peek();
    return next == Cursor.END
        || next == ')'
        || next == ']'
        || next == '}'
        || cursor.command().equals("}");
  }

  /** One relation, or a formula or set without one. */
  Expression relation() {
    List<Expression> operands = new ArrayList<>(List.of(sets()));
    List<Comparator> comparators = new ArrayList<>();
    int exactOperands = 0;
    while (true) {
      boolean approximate = cursor.takeCommand("approx");
      Comparator comparator = approximate ? Comparator.EQUAL : comparator();
      if (comparator == null) {
        break;
      }
      if (approximate && exactOperands == 0 && !Names.isName(operands.getLast())) {
        exactOperands = operands.size();
      }
      comparators.add(comparator);
      operands.add(sets());
    }
    if (exactOperands > 0) {
      // What follows "≈" is the same value again, rounded.
      operands = operands.subList(0, exactOperands);
      comparators = comparators.subList(0, exactOperands - 1);
    }
    return comparators.isEmpty()
        ? operands.getFirst()
        : new Relation(List.copyOf(operands), List.copyOf(comparators));
  }

  private @Nullable Comparator comparator() {
    Comparator command =
        switch (cursor.command()) {
          case "le" -> Comparator.LESS_OR_EQUAL;
          case "ge" -> Comparator.GREATER_OR_EQUAL;
          case "ne" -> Comparator.NOT_EQUAL;
          case "in" -> Comparator.IN;
          case "equiv" -> Comparator.CONGRUENT;
          default -> null;
        };
    if (command != null) {
      cursor.skip(1 + cursor.command().length());
      return command;
    }
    if (cursor.take("<=")) {
      return Comparator.LESS_OR_EQUAL;
    }
    if (cursor.take(">=")) {
      return Comparator.GREATER_OR_EQUAL;
    }
    if (cursor.take("!=")) {
      return Comparator.NOT_EQUAL;
    }
    if (cursor.take("==") || cursor.take('=')) {
      return Comparator.EQUAL;
    }
    if (cursor.take('<')) {
      return Comparator.LESS;
    }
    return cursor.take('>') ? Comparator.GREATER : null;
  }

  private Expression sets() {
    Expression left = ratio();
    while (true) {
      Operation operation = operation(left);
      if (operation == null) {
        return left;
      }
      left = new SetOperation(operation, left, ratio());
    }
  }

  private @Nullable Operation operation(Expression left) {
    if (cursor.takeCommand("cup")) {
      return Operation.UNION;
    }
    if (cursor.takeCommand("cap")) {
      return Operation.INTERSECTION;
    }
    if (cursor.takeCommand("setminus")) {
      return Operation.DIFFERENCE;
    }
    boolean afterSet = left instanceof Group || left instanceof NamedSet;
    if (afterSet && (cursor.letters().equals("U") || cursor.letters().equals("u"))) {
      cursor.skip(1);
      return Operation.UNION;
    }
    return afterSet && cursor.peek() == '-' && cursor.take('-') ? Operation.DIFFERENCE : null;
  }

  private Expression ratio() {
    Expression first = formulas.sum();
    if (cursor.peek() != ':') {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (!formulas.stopsAtBar() && cursor.take(':')) {
      parts.add(formulas.sum());
    }
    boolean sentence = parts.stream().anyMatch(Words.class::isInstance);
    if (sentence && !parts.stream().allMatch(Names::isName)) {
      // "The sum: 5" introduces, it does not compare.
      throw new Unreadable();
    }
    return parts.size() == 1 ? first : new Ratio(List.copyOf(parts));
  }
}
