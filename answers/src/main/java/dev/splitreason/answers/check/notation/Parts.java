package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Based;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Degrees;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Matrix;
import dev.splitreason.answers.check.notation.Expression.NamedSet;
import dev.splitreason.answers.check.notation.Expression.Operation;
import dev.splitreason.answers.check.notation.Expression.Percent;
import dev.splitreason.answers.check.notation.Expression.PlusMinus;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Ratio;
import dev.splitreason.answers.check.notation.Expression.Relation;
import dev.splitreason.answers.check.notation.Expression.SetOperation;
import dev.splitreason.answers.check.notation.Expression.Sum;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Expression.Words;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Walks over expressions: what they are made of, and the same made of other parts. */
public final class Parts {

  private Parts() {}

  /** The expressions an expression is directly made of. */
  public static List<Expression> of(Expression expression) {
    return switch (expression) {
      case Sum(var terms) -> terms;
      case Product(var factors) -> factors;
      case Power(Expression base, Expression exponent) -> List.of(base, exponent);
      case Apply(String function, var arguments) -> arguments;
      case PlusMinus(Expression left, Expression right, boolean minusFirst) -> List.of(left, right);
      case Percent(Expression value) -> List.of(value);
      case Degrees(Expression value) -> List.of(value);
      case Ratio(var parts) -> parts;
      case Relation(var operands, var comparators) -> operands;
      case Group(Bracket bracket, var items) -> items;
      case SetOperation(Operation operation, Expression left, Expression right) ->
          List.of(left, right);
      case Matrix(var rows) -> rows.stream().flatMap(List::stream).toList();
      case Literal number -> List.of();
      case Symbol symbol -> List.of();
      case Constant constant -> List.of();
      case NamedSet set -> List.of();
      case Words words -> List.of();
      case Based based -> List.of();
    };
  }

  /** The same expression with each of its direct parts replaced. */
  public static Expression replace(Expression expression, UnaryOperator<Expression> by) {
    return switch (expression) {
      case Sum(var terms) -> new Sum(all(terms, by));
      case Product(var factors) -> new Product(all(factors, by));
      case Power(Expression base, Expression exponent) ->
          new Power(by.apply(base), by.apply(exponent));
      case Apply(String function, var arguments) -> new Apply(function, all(arguments, by));
      case PlusMinus(Expression left, Expression right, boolean minusFirst) ->
          new PlusMinus(by.apply(left), by.apply(right), minusFirst);
      case Percent(Expression value) -> new Percent(by.apply(value));
      case Degrees(Expression value) -> new Degrees(by.apply(value));
      case Ratio(var parts) -> new Ratio(all(parts, by));
      case Relation(var operands, var comparators) -> new Relation(all(operands, by), comparators);
      case Group(Bracket bracket, var items) -> new Group(bracket, all(items, by));
      case SetOperation(Operation operation, Expression left, Expression right) ->
          new SetOperation(operation, by.apply(left), by.apply(right));
      case Matrix(var rows) -> new Matrix(rows.stream().map(row -> all(row, by)).toList());
      case Literal number -> number;
      case Symbol symbol -> symbol;
      case Constant constant -> constant;
      case NamedSet set -> set;
      case Words words -> words;
      case Based based -> based;
    };
  }

  /** Whether a part at any depth, or the expression itself, is such a one. */
  public static boolean contain(Expression expression, Predicate<Expression> such) {
    return such.test(expression) || of(expression).stream().anyMatch(part -> contain(part, such));
  }

  private static List<Expression> all(List<Expression> expressions, UnaryOperator<Expression> by) {
    return expressions.stream().map(by).toList();
  }
}
