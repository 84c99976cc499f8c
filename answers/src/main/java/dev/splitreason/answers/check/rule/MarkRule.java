package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Degrees;
import dev.splitreason.answers.check.notation.Expression.Percent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Percent and degree signs on one side only: the other may have left the sign out, or done the sum.
 * 28 % is 28 and 0.28; 90° is 90 and π/2.
 */
record MarkRule() implements Rule {

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (gold instanceof Percent(Expression g) && answer instanceof Percent(Expression a)) {
      return comparison.decide(g, a);
    }
    if (gold instanceof Degrees(Expression g) && answer instanceof Degrees(Expression a)) {
      return comparison.decide(g, a);
    }
    if (unmarked(gold).equals(gold) && unmarked(answer).equals(answer)) {
      return null;
    }
    boolean equal =
        comparison.equal(unmarked(gold), unmarked(answer))
            || comparison.equal(computed(gold), computed(answer));
    return new Decision(
        equal, gold instanceof Degrees || answer instanceof Degrees ? "degrees" : "percent");
  }

  private static Expression unmarked(Expression expression) {
    return switch (expression) {
      case Percent(Expression value) -> value;
      case Degrees(Expression value) -> value;
      default -> expression;
    };
  }

  private static Expression computed(Expression expression) {
    return switch (expression) {
      case Percent(Expression value) -> Expression.divide(value, Expression.integer(100));
      case Degrees(Expression value) ->
          new Expression.Product(
              List.of(Expression.divide(value, Expression.integer(180)), Constant.PI));
      default -> expression;
    };
  }
}
