package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Comparator;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.Matrix;
import dev.splitreason.answers.check.notation.Expression.NamedSet;
import dev.splitreason.answers.check.notation.Expression.Relation;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what brackets enclose: grouped formulas, tuples, intervals, sets, arguments, matrices. */
final class BracketReader {

  private static final Set<String> MATRICES =
      Set.of("pmatrix", "bmatrix", "Bmatrix", "matrix", "smallmatrix", "array", "vmatrix");

  private final Cursor cursor;
  private final FormulaReader formulas;
  private final AnswerReader collections;

  private int open;

  BracketReader(Cursor cursor, FormulaReader formulas, AnswerReader collections) {
    this.cursor = cursor;
    this.formulas = formulas;
    this.collections = collections;
  }

  /** Whether brackets are open here, so that a comma parts their items. */
  boolean areOpen() {
    return open > 0;
  }

  Expression read() {
    if (cursor.take('{')) {
      return texGroup();
    }
    if (cursor.take('(')) {
      return round();
    }
    if (cursor.take('[')) {
      return square();
    }
    String command = cursor.command();
    cursor.takeCommand(command);
    return switch (command) {
      case "{" -> set();
      case "langle" -> vector();
      case "lfloor" -> fenced("floor", "rfloor");
      case "lceil" -> fenced("ceil", "rceil");
      default -> throw new Unreadable();
    };
  }

  /** The arguments in parentheses here, under a function's name. */
  Apply applied(String function) {
    cursor.expect('(');
    Expression arguments = inside();
    cursor.expect(')');
    return arguments instanceof Group(Bracket bracket, var items) && isBare(bracket)
        ? new Apply(function, items)
        : new Apply(function, List.of(arguments));
  }

  /** A matrix or system of equations, of which {@code \begin} is taken. */
  Expression environment() {
    String name = cursor.rawGroup().strip();
    boolean system = name.equals("cases") || name.equals("aligned");
    if (!MATRICES.contains(name) && !system) {
      throw new Unreadable();
    }
    if (name.equals("array") && cursor.peek() == '{') {
      cursor.rawGroup();
    }
    open++;
    Matrix matrix = formulas.inside(this::rows);
    open--;
    if (!cursor.rawGroup().strip().equals(name)) {
      throw new Unreadable();
    }
    if (system) {
      return conditions(matrix);
    }
    return name.equals("vmatrix") ? new Apply("det", List.of(matrix)) : matrix;
  }

  /** Equations under each other all hold. */
  private static Group conditions(Matrix system) {
    List<Expression> all = Parts.of(system);
    if (!all.stream().allMatch(Relation.class::isInstance)) {
      throw new Unreadable();
    }
    return new Group(Bracket.AND, all);
  }

  private Matrix rows() {
    List<List<Expression>> rows = new ArrayList<>();
    List<Expression> row = new ArrayList<>();
    while (true) {
      row.add(collections.relation());
      if (cursor.take('&')) {
        continue;
      }
      rows.add(List.copyOf(row));
      row = new ArrayList<>();
      boolean next = cursor.takeCommand("\\");
      if (cursor.takeCommand("end")) {
        break;
      }
      if (!next) {
        throw new Unreadable();
      }
    }
    int width = rows.getFirst().size();
    if (rows.stream().anyMatch(other -> other.size() != width)) {
      throw new Unreadable();
    }
    return new Matrix(List.copyOf(rows));
  }

  private Expression texGroup() {
    Expression group = formulas.inside(collections::list);
    cursor.expect('}');
    return group;
  }

  private Expression round() {
    Expression inside = inside();
    if (cursor.take(']')) {
      return bracketed(Bracket.LEFT_OPEN, inside);
    }
    cursor.expect(')');
    return bracketed(Bracket.ROUND, inside);
  }

  private Expression square() {
    Expression inside = inside();
    if (cursor.take(')')) {
      return bracketed(Bracket.RIGHT_OPEN, inside);
    }
    cursor.expect(']');
    return bracketed(Bracket.SQUARE, inside);
  }

  private Expression vector() {
    Expression inside = inside();
    if (!cursor.takeCommand("rangle")) {
      throw new Unreadable();
    }
    return bracketed(Bracket.ROUND, inside);
  }

  private Expression fenced(String function, String closing) {
    Expression inside = inside();
    if (!cursor.takeCommand(closing)) {
      throw new Unreadable();
    }
    return new Apply(function, List.of(inside));
  }

  private static Expression bracketed(Bracket bracket, Expression inside) {
    if (inside instanceof Group(Bracket none, var items) && isBare(none)) {
      return new Group(bracket, items);
    }
    if (bracket == Bracket.ROUND || bracket == Bracket.SQUARE) {
      return inside;
    }
    throw new Unreadable();
  }

  private static boolean isBare(Bracket bracket) {
    return bracket == Bracket.BARE || bracket == Bracket.AND;
  }

  private Expression set() {
    if (cursor.takeCommand("}")) {
      return NamedSet.EMPTY;
    }
    open++;
    Expression set = formulas.inside(this::setItems);
    open--;
    if (!cursor.takeCommand("}")) {
      throw new Unreadable();
    }
    return set;
  }

  private Expression setItems() {
    formulas.setStopsAtBar(true);
    Expression items = collections.list();
    formulas.setStopsAtBar(false);
    if (cursor.take('|') || cursor.take(':')) {
      return condition(items, collections.list());
    }
    return items instanceof Group(Bracket bracket, var many) && isBare(bracket)
        ? new Group(Bracket.BRACES, many)
        : new Group(Bracket.BRACES, List.of(items));
  }

  /** {@code \{x \mid x > 2\}} is what its condition says; other builders stay as they are. */
  private static Expression condition(Expression head, Expression condition) {
    boolean variable =
        head instanceof Symbol
            || (head instanceof Relation(var operands, var comparators)
                && operands.getFirst() instanceof Symbol
                && comparators.equals(List.of(Comparator.IN)));
    return variable ? condition : new Apply("setof", List.of(head, condition));
  }

  private Expression inside() {
    open++;
    Expression inside = formulas.inside(collections::list);
    open--;
    return inside;
  }
}
