package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Zero against products and powers of numbers that are not: told apart without computing them,
 * however close to zero they are.
 */
record ZeroRule() implements Rule {

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    boolean differ = (isZero(gold) && isNotZero(answer)) || (isZero(answer) && isNotZero(gold));
    return differ ? new Decision(false, "numeric") : null;
  }

  private static boolean isZero(Expression expression) {
    return expression instanceof Literal(BigFraction value, int decimals) && value.signum() == 0;
  }

  private static boolean isNotZero(Expression expression) {
    return switch (expression) {
      case Literal(BigFraction value, int decimals) -> value.signum() != 0;
      case Constant constant -> constant != Constant.INFINITY;
      case Product(var factors) -> factors.stream().allMatch(ZeroRule::isNotZero);
      case Power(Expression base, Expression exponent) -> isNotZero(base) && isNotZero(exponent);
      case Apply(String function, var arguments) ->
          function.equals("factorial") || function.equals("doublefactorial");
      default -> false;
    };
  }
}
