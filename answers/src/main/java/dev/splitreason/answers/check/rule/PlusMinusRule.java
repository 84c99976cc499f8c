package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Group;
import org.jspecify.annotations.Nullable;

/** Answers with ±: the list of both values. */
record PlusMinusRule() implements Rule {

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (!PlusMinusValues.occursIn(gold) && !PlusMinusValues.occursIn(answer)) {
      return null;
    }
    boolean equal = comparison.equal(expanded(gold), expanded(answer));
    return new Decision(equal, "plus-minus");
  }

  private static Expression expanded(Expression expression) {
    var values = PlusMinusValues.of(expression);
    return values.size() == 1 ? values.getFirst() : new Group(Bracket.BARE, values);
  }
}
