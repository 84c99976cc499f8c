package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Parts;
import org.jspecify.annotations.Nullable;

/**
 * A log without a base beside a natural logarithm: one side writes log for what the other writes
 * ln.
 */
record LogarithmRule() implements Rule {

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    boolean mixed =
        (has("log", gold) && has("ln", answer) && !has("log", answer))
            || (has("log", answer) && has("ln", gold) && !has("log", gold));
    return mixed ? comparison.decide(natural(gold), natural(answer)) : null;
  }

  private static boolean has(String function, Expression expression) {
    return Parts.contain(
        expression,
        part -> part instanceof Apply(String name, var arguments) && name.equals(function));
  }

  private static Expression natural(Expression expression) {
    Expression inside = Parts.replace(expression, LogarithmRule::natural);
    return inside instanceof Apply(String name, var arguments) && name.equals("log")
        ? new Apply("ln", arguments)
        : inside;
  }
}
