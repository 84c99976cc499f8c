package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Based;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers written in a base: only the same digits in the same base are the same answer, since a
 * problem that asks for base 5 is not answered in base 10.
 */
record BaseRule() implements Rule {

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (gold instanceof Based(String goldDigits, int goldBase)
        && answer instanceof Based(String digits, int base)) {
      boolean equal = goldBase == base && significant(goldDigits).equals(significant(digits));
      return new Decision(equal, "base");
    }
    return gold instanceof Based || answer instanceof Based ? new Decision(false, "base") : null;
  }

  private static String significant(String digits) {
    return digits.toUpperCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
  }
}
