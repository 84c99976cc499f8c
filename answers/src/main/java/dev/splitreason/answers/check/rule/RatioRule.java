package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Ratio;
import java.util.List;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Ratios and times of day: {@code 2 : 4} is {@code 1 : 2} and 1/2, while {@code 6:15} is only
 * itself.
 */
record RatioRule() implements Rule {

  private static final String METHOD = "ratio";

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (gold instanceof Ratio(var reference) && answer instanceof Ratio(var given)) {
      return new Decision(sameRatio(reference, given, comparison), METHOD);
    }
    if (gold instanceof Ratio(var parts)) {
      return new Decision(isPair(parts) && comparison.equal(quotient(parts), answer), METHOD);
    }
    if (answer instanceof Ratio(var parts)) {
      return new Decision(isPair(parts) && comparison.equal(gold, quotient(parts)), METHOD);
    }
    return null;
  }

  private static boolean isPair(List<Expression> parts) {
    return parts.size() == 2 && !isTime(parts);
  }

  private static Expression quotient(List<Expression> parts) {
    return Expression.divide(parts.getFirst(), parts.getLast());
  }

  private static boolean sameRatio(
      List<Expression> gold, List<Expression> answer, Comparison comparison) {
    if (gold.size() != answer.size()) {
      return false;
    }
    boolean literal = isTime(gold) && isTime(answer);
    for (int i = 0; i < gold.size(); i++) {
      boolean same =
          literal
              ? comparison.equal(gold.get(i), answer.get(i))
              : comparison.equal(
                  Expression.divide(gold.get(i), gold.getFirst()),
                  Expression.divide(answer.get(i), answer.getFirst()));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Hours up to 23 and minutes of two digits, or none. */
  private static boolean isTime(List<Expression> parts) {
    return parts.size() == 2
        && isBetween(parts.getFirst(), 0, 23)
        && (isBetween(parts.getLast(), 10, 59) || isBetween(parts.getLast(), 0, 0));
  }

  private static boolean isBetween(Expression part, int low, int high) {
    return part instanceof Literal(BigFraction value, int decimals)
        && value.isInteger()
        && value.compareTo(new BigFraction(low)) >= 0
        && value.compareTo(new BigFraction(high)) <= 0;
  }
}
