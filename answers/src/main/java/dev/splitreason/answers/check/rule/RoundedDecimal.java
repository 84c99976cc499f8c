package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.symbolic.Approximation;
import dev.splitreason.answers.check.symbolic.ExactValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * A decimal whose last digit may have been rounded.
 *
 * @param value as written
 * @param unit what one step of its last digit is worth
 */
record RoundedDecimal(BigFraction value, BigFraction unit) {

  /** With fewer digits a decimal says too little to be taken for another number's rounding. */
  private static final BigInteger FEWEST_DIGITS = BigInteger.valueOf(1000);

  /** What floating point is sure of. */
  private static final int SURE_DIGITS = 13;

  /** The decimal an expression is, also times a power of ten; null when it is none. */
  static @Nullable RoundedDecimal of(Expression expression) {
    if (expression instanceof Literal(BigFraction value, int decimals)) {
      return decimals <= 0
          ? null
          : new RoundedDecimal(
              value, new BigFraction(BigInteger.ONE, BigInteger.TEN.pow(decimals)));
    }
    if (expression instanceof Product(var factors) && factors.size() == 2) {
      RoundedDecimal decimal = of(factors.getFirst());
      BigFraction scale = ExactValue.of(factors.getLast());
      return decimal == null || scale == null || scale.signum() <= 0
          ? null
          : new RoundedDecimal(decimal.value.multiply(scale), decimal.unit.multiply(scale));
    }
    return null;
  }

  /**
   * Whether this is another number, rounded or cut off.
   *
   * @param exact the other's rational value, if it has one
   * @param decimal the other as a decimal, if it is one: then it must have more digits
   */
  boolean isOf(Expression other, @Nullable BigFraction exact, @Nullable RoundedDecimal decimal) {
    boolean enoughDigits = value.abs().divide(unit).compareTo(new BigFraction(FEWEST_DIGITS)) >= 0;
    boolean moreDigits = decimal == null || decimal.unit.compareTo(unit) < 0;
    if (!enoughDigits || !moreDigits) {
      return false;
    }
    return exact == null ? isOfReal(Approximation.real(other)) : isOfExact(exact);
  }

  private boolean isOfExact(BigFraction exact) {
    if (exact.isInteger()) {
      return false;
    }
    BigFraction steps = exact.divide(unit);
    BigDecimal above = new BigDecimal(steps.getNumerator());
    BigDecimal below = new BigDecimal(steps.getDenominator());
    BigFraction written = value.divide(unit);
    return is(above.divide(below, 0, RoundingMode.HALF_UP), written)
        || is(above.divide(below, 0, RoundingMode.DOWN), written);
  }

  private static boolean is(BigDecimal steps, BigFraction written) {
    return written.isInteger() && steps.toBigInteger().equals(written.getNumerator());
  }

  private boolean isOfReal(double real) {
    if (!Double.isFinite(real)) {
      return false;
    }
    BigFraction steps = value.divide(unit);
    boolean sure = steps.getNumerator().abs().toString().length() <= SURE_DIGITS;
    if (!sure) {
      return Math.abs(real - value.doubleValue()) <= 1e-13 * Math.abs(real);
    }
    return isOfExact(new BigFraction(real));
  }
}
