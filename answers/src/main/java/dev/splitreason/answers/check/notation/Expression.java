package dev.splitreason.answers.check.notation;

import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * What an answer says, as a tree: numbers, formulas, and the collections answers come in.
 *
 * <p>Trees are as written, apart from these: a quotient is a product with a power of −1, a root a
 * power, a difference a sum with a factor of −1, and units beside a value are gone.
 */
public sealed interface Expression {

  /**
   * A literal.
   *
   * @param value its exact value
   * @param decimals digits after the point as written, or {@link #EXACT} when none could have been
   *     rounded away: integers, repeating decimals
   */
  record Literal(BigFraction value, int decimals) implements Expression {

    /** The decimals of a literal without a point. */
    public static final int EXACT = -1;
  }

  /** A variable, with its subscript: {@code x}, {@code x_1}, {@code \alpha}. */
  record Symbol(String name) implements Expression {}

  /** A number that has a name. */
  enum Constant implements Expression {
    PI,
    E,
    I,
    INFINITY
  }

  /** A set that has a name. */
  enum NamedSet implements Expression {
    EMPTY,
    REALS,
    INTEGERS,
    NATURALS,
    RATIONALS,
    COMPLEX
  }

  /** Words: a name, a weekday, a choice. */
  record Words(String text) implements Expression {}

  /** Terms added up. */
  record Sum(List<Expression> terms) implements Expression {}

  /** Factors multiplied. */
  record Product(List<Expression> factors) implements Expression {}

  /** A power; a root has a fraction for its exponent. */
  record Power(Expression base, Expression exponent) implements Expression {}

  /** A function of arguments: {@code sin}, {@code abs}, {@code factorial}, {@code f}. */
  record Apply(String function, List<Expression> arguments) implements Expression {}

  /**
   * Two values in one: {@code left ± right}.
   *
   * @param minusFirst written ∓: where a ± is taken as +, this is taken as −
   */
  record PlusMinus(Expression left, Expression right, boolean minusFirst) implements Expression {}

  /** A value with a percent sign. */
  record Percent(Expression value) implements Expression {}

  /** A value with a degree sign. */
  record Degrees(Expression value) implements Expression {}

  /** Digits in a base other than the reader's: {@code 204_5}. */
  record Based(String digits, int base) implements Expression {}

  /** Parts of a ratio, or a time of day: {@code 7:32}. */
  record Ratio(List<Expression> parts) implements Expression {}

  /**
   * A chain of comparisons: {@code 2 < x ≤ 5}.
   *
   * @param operands one more than {@code relations}
   */
  record Relation(List<Expression> operands, List<Comparator> relations) implements Expression {}

  /** Items with the brackets around them, or none. */
  record Group(Bracket bracket, List<Expression> items) implements Expression {}

  /** A union, intersection or difference of sets. */
  record SetOperation(Operation operation, Expression left, Expression right)
      implements Expression {}

  /** Rows of equal length. */
  record Matrix(List<List<Expression>> rows) implements Expression {}

  /** How two sides of a {@link Relation} compare. */
  enum Comparator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    IN,
    CONGRUENT;

    /** The comparator with its sides exchanged. */
    public Comparator mirrored() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        case EQUAL, NOT_EQUAL, IN, CONGRUENT -> this;
      };
    }
  }

  /** What stands around the items of a {@link Group}. */
  enum Bracket {
    /** Nothing: items between commas, semicolons or the word "or". */
    BARE,
    /** Nothing: items all joined by the word "and". */
    AND,
    /** A tuple, a point, or an open interval. */
    ROUND,
    /** A list or a closed interval. */
    SQUARE,
    /** An interval open on the left. */
    LEFT_OPEN,
    /** An interval open on the right. */
    RIGHT_OPEN,
    /** A set. */
    BRACES
  }

  /** What a {@link SetOperation} does. */
  enum Operation {
    UNION,
    INTERSECTION,
    DIFFERENCE
  }

  /** An integer literal. */
  static Expression integer(long value) {
    return new Literal(new BigFraction(value), Literal.EXACT);
  }

  /** {@code −value}. */
  static Expression negate(Expression value) {
    return switch (value) {
      case Literal(BigFraction number, int decimals) -> new Literal(number.negate(), decimals);
      case Percent(Expression inner) -> new Percent(negate(inner));
      case Degrees(Expression inner) -> new Degrees(negate(inner));
      default -> new Product(List.of(integer(-1), value));
    };
  }

  /** {@code left − right}. */
  static Expression subtract(Expression left, Expression right) {
    return new Sum(List.of(left, negate(right)));
  }

  /** {@code left / right}. */
  static Expression divide(Expression left, Expression right) {
    return new Product(List.of(left, new Power(right, integer(-1))));
  }
}
