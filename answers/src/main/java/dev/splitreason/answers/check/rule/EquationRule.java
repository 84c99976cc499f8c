package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Comparator;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Relation;
import dev.splitreason.answers.check.notation.Expression.Sum;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Names;
import dev.splitreason.answers.check.symbolic.Variables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equations and memberships: {@code x = 5} is 5 and {@code x ∈ S} is S, where the left side is only
 * a name; other equations are the same when one is a multiple of the other.
 */
record EquationRule() implements Rule {

  private static final String METHOD = "equation";

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    Relation goldEquation = equation(gold);
    Relation answerEquation = equation(answer);
    if (goldEquation != null && answerEquation != null) {
      return both(goldEquation, answerEquation, comparison);
    }
    if (goldEquation != null) {
      return isNamed(goldEquation) || isValueOfQuantity(goldEquation)
          ? new Decision(comparison.equal(value(goldEquation), answer), METHOD)
          : differs(answer);
    }
    if (answerEquation != null) {
      // "2 + 9 = 11" shows the work; "x + y = 11" does not say what x + y is asked for.
      boolean shown = isShown(answerEquation);
      return isNamed(answerEquation) || shown || isValueOfQuantity(answerEquation)
          ? new Decision(comparison.equal(gold, value(answerEquation)), METHOD)
          : differs(gold);
    }
    return null;
  }

  /**
   * Whether numbers are computed: at the left, {@code 2 + 9 = 11}, or on the way, {@code 2v = 2 ·
   * 11 = 22}.
   */
  private static boolean isShown(Relation equation) {
    List<Expression> operands = equation.operands();
    return Variables.isConstant(operands.getFirst())
        || (operands.size() > 2
            && operands.subList(1, operands.size()).stream().allMatch(Variables::isConstant));
  }

  /**
   * {@code m + n = 9} and {@code \\sin x = 1/2} give the value of what was asked for; {@code 2x =
   * 6} and {@code x^2 + y = 0} are equations that somebody has yet to solve.
   */
  private static boolean isValueOfQuantity(Relation equation) {
    Expression value = value(equation);
    boolean constant = Variables.isConstant(value) && !value.equals(Expression.integer(0));
    return constant && isQuantity(name(equation)) && !isMembership(equation);
  }

  private static boolean isQuantity(Expression expression) {
    return switch (expression) {
      case Apply(String function, var arguments) -> true;
      case Sum(var terms) -> terms.stream().allMatch(EquationRule::isPlainTerm);
      default -> false;
    };
  }

  /** A name with its sign, or a function's value. */
  private static boolean isPlainTerm(Expression term) {
    return switch (term) {
      case Product(var factors) ->
          factors.stream()
              .allMatch(factor -> factor.equals(Expression.integer(-1)) || isPlainTerm(factor));
      case Apply(String function, var arguments) -> true;
      default -> Names.isName(term);
    };
  }

  /** An equation is no value; against a list or words other rules know better. */
  private static @Nullable Decision differs(Expression other) {
    return other instanceof Expression.Group ? null : new Decision(false, METHOD);
  }

  private static Decision both(Relation gold, Relation answer, Comparison comparison) {
    if (isMembership(gold) && isMembership(answer)) {
      return new Decision(comparison.equal(value(gold), value(answer)), METHOD);
    }
    if (isNamed(gold) && isNamed(answer)) {
      boolean sameName = isSameName(name(gold), name(answer), comparison);
      return new Decision(sameName && comparison.equal(value(gold), value(answer)), METHOD);
    }
    Expression goldZero = Expression.subtract(name(gold), value(gold));
    Expression answerZero = Expression.subtract(name(answer), value(answer));
    boolean equal = Proportion.of(goldZero, answerZero, comparison) != Proportion.NONE;
    return new Decision(equal, METHOD);
  }

  /** {@code f(x)} and {@code y} both name the function asked for. */
  private static boolean isSameName(Expression gold, Expression answer, Comparison comparison) {
    return gold instanceof Apply || answer instanceof Apply || comparison.equal(gold, answer);
  }

  private static boolean isMembership(Relation relation) {
    return relation.relations().getFirst() == Comparator.IN;
  }

  /** In c/a = b it is b that is named. */
  private static boolean isPlainerName(Expression one, Expression other) {
    return one instanceof Symbol && other instanceof Product;
  }

  private static boolean isNamed(Relation equation) {
    return Names.isName(equation.operands().getFirst());
  }

  private static Expression name(Relation equation) {
    return equation.operands().getFirst();
  }

  /** The last value of a chain: 11 of {@code x = 5 + 6 = 11}. */
  private static Expression value(Relation equation) {
    return equation.operands().getLast();
  }

  /** The equation or membership an expression is, its name on the left; null if it is none. */
  private static @Nullable Relation equation(Expression expression) {
    if (!(expression instanceof Relation relation)) {
      return null;
    }
    List<Comparator> comparators = relation.relations();
    if (comparators.equals(List.of(Comparator.IN))) {
      return relation;
    }
    if (!comparators.stream().allMatch(comparator -> comparator == Comparator.EQUAL)) {
      return null;
    }
    boolean turned =
        comparators.size() == 1
            && Names.isName(value(relation))
            && (!isNamed(relation) || isPlainerName(value(relation), name(relation)));
    return turned ? new Relation(List.of(value(relation), name(relation)), comparators) : relation;
  }
}
