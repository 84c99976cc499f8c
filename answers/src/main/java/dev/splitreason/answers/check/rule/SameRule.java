package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import org.jspecify.annotations.Nullable;

/** Two trees that are the same tree. */
record SameRule() implements Rule {

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    return gold.equals(answer) ? new Decision(true, "structure") : null;
  }
}
