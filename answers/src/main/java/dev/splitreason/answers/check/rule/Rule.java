package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import org.jspecify.annotations.Nullable;

/** One way to see that two answers are, or are not, the same. */
sealed interface Rule
    permits SameRule,
        WordsRule,
        EquationRule,
        PlusMinusRule,
        IntervalRule,
        InequalityRule,
        ListRule,
        MatrixRule,
        RatioRule,
        BaseRule,
        MarkRule,
        NumberRule,
        ZeroRule,
        LogarithmRule,
        FormulaRule {

  /**
   * Decides, if it can.
   *
   * @param gold the reference answer
   * @param answer the answer to be judged
   * @param comparison for parts: items, sides, endpoints
   * @return null when this rule does not know
   */
  @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison);
}
