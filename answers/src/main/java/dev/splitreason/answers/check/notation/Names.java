package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Ratio;
import dev.splitreason.answers.check.notation.Expression.SetOperation;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Expression.Words;

/**
 * Which left sides only name what is asked for: the {@code x} of {@code x = 5}, {@code f(x)},
 * {@code |AB|}, {@code (p, q)}, {@code V_1 : V_2}, {@code \text{Area}}.
 */
public final class Names {

  private Names() {}

  /** Whether an expression is a name rather than a formula to be solved. */
  public static boolean isName(Expression expression) {
    return switch (expression) {
      case Symbol symbol -> true;
      case Words words -> true;
      // "e" and "i" are also letters of names.
      case Constant constant -> constant == Constant.E || constant == Constant.I;
      case Apply(String function, var arguments) ->
          isFreeFunction(function)
              || (isMeasure(function) && arguments.stream().allMatch(Names::isName));
      case Product(var factors) -> factors.stream().allMatch(Names::isNameOrItsInverse);
      case Ratio(var parts) -> parts.stream().allMatch(Names::isName);
      case Group(var bracket, var items) -> items.stream().allMatch(Names::isName);
      case SetOperation(var operation, var left, var right) -> isName(left) && isName(right);
      default -> false;
    };
  }

  private static boolean isNameOrItsInverse(Expression factor) {
    return isName(factor)
        || (factor instanceof Power(Expression base, Literal exponent)
            && exponent.value().getNumerator().signum() < 0
            && isName(base));
  }

  private static boolean isFreeFunction(String function) {
    return function.length() <= 2 && !Vocabulary.isFunction(function);
  }

  /** Something said of a named thing: the length of AB, the rank of A. */
  private static boolean isMeasure(String function) {
    return switch (function) {
      case "abs",
          "overline",
          "bar",
          "hat",
          "widehat",
          "deg",
          "dim",
          "rank",
          "det",
          "arg",
          "min",
          "max",
          "tr",
          "gcd",
          "lcm",
          "Re",
          "Im" ->
          true;
      default -> false;
    };
  }
}
