package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.symbolic.Probe;
import dev.splitreason.answers.check.symbolic.Question;

/** Whether one formula is a constant multiple of another, so that both are 0 at the same places. */
enum Proportion {
  POSITIVE,
  NEGATIVE,
  NONE;

  static Proportion of(Expression left, Expression right, Comparison comparison) {
    if (left.equals(right)) {
      return POSITIVE;
    }
    double factor = Probe.factor(left, right);
    if (Double.isNaN(factor)) {
      return NONE;
    }
    return switch (comparison.ask(Question.Kind.PROPORTIONAL, left, right)) {
      case POSITIVE -> POSITIVE;
      case NEGATIVE -> NEGATIVE;
      case YES, NO, UNKNOWN, LIMIT -> NONE;
    };
  }
}
