package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.symbolic.Probe;
import dev.splitreason.answers.check.symbolic.Question;
import org.jspecify.annotations.Nullable;

/**
 * Formulas: refuted by a point where they differ, proved by computer algebra. Floating point alone
 * never makes two formulas equal.
 */
record FormulaRule() implements Rule {

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (Probe.compare(gold, answer) == Probe.Outcome.DIFFERENT) {
      return new Decision(false, "probe");
    }
    return switch (comparison.ask(Question.Kind.EQUAL, gold, answer)) {
      case YES -> new Decision(true, "symbolic");
      case NO -> new Decision(false, "symbolic");
      case POSITIVE, NEGATIVE, UNKNOWN, LIMIT -> null;
    };
  }
}
