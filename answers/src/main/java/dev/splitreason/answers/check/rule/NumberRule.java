package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.symbolic.ExactValue;
import dev.splitreason.answers.check.symbolic.Variables;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by exact arithmetic; a decimal with at least four digits also equals what it was rounded
 * or cut from.
 */
record NumberRule() implements Rule {

  private static final String METHOD = "numeric";

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (!Variables.isConstant(gold) || !Variables.isConstant(answer)) {
      return null;
    }
    BigFraction reference = ExactValue.of(gold);
    BigFraction given = ExactValue.of(answer);
    if (reference != null && reference.equals(given)) {
      return new Decision(true, METHOD);
    }
    RoundedDecimal goldDecimal = RoundedDecimal.of(gold);
    RoundedDecimal answerDecimal = RoundedDecimal.of(answer);
    if (goldDecimal != null && goldDecimal.isOf(answer, given, answerDecimal)) {
      return new Decision(true, METHOD);
    }
    // A gold decimal has the digits that were asked for: an answer with fewer is not it.
    if (goldDecimal == null && answerDecimal != null && answerDecimal.isOf(gold, reference, null)) {
      return new Decision(true, METHOD);
    }
    return reference != null && given != null ? new Decision(false, METHOD) : null;
  }
}
