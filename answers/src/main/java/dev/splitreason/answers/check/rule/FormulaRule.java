package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Parts;
import dev.splitreason.answers.check.symbolic.ExactValue;
import dev.splitreason.answers.check.symbolic.Probe;
import dev.splitreason.answers.check.symbolic.Question;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Formulas: refuted by a point where they differ, proved by computer algebra. Floating point alone
 * never makes two formulas equal.
 */
record FormulaRule() implements Rule {

  /** What 40 digits can tell apart. */
  private static final int MOST_BITS = 120;

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (Probe.compare(gold, answer) == Probe.Outcome.DIFFERENT) {
      return new Decision(false, "probe");
    }
    boolean fine = isFine(gold) || isFine(answer);
    Question.Kind kind = fine ? Question.Kind.PROVED_EQUAL : Question.Kind.EQUAL;
    return switch (comparison.ask(kind, gold, answer)) {
      case YES -> new Decision(true, "symbolic");
      case NO -> new Decision(false, "symbolic");
      case POSITIVE, NEGATIVE, UNKNOWN, LIMIT -> null;
    };
  }

  /** Whether an expression has powers so large or small that no number of digits tells it apart. */
  private static boolean isFine(Expression expression) {
    return Parts.contain(
        expression, part -> part instanceof Power && bits(ExactValue.of(part)) > MOST_BITS);
  }

  private static int bits(@Nullable BigFraction value) {
    return value == null
        ? 0
        : Math.max(value.getNumerator().bitLength(), value.getDenominator().bitLength());
  }
}
