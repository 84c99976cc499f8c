package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Percent;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Sum;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BinaryOperator;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Rational arithmetic on expressions without variables, as far as it stays small. */
public final class ExactValue {

  /** Above this many bits a value is left to the computer algebra system and its time limit. */
  private static final long MOST_BITS = 1L << 17;

  private static final int LARGEST_FACTORIAL = 3000;

  private ExactValue() {}

  /** The rational value; null when there is none, or when it would be too large to write down. */
  public static @Nullable BigFraction of(Expression expression) {
    return switch (expression) {
      case Literal(BigFraction value, int decimals) -> value;
      case Sum(var terms) -> fold(terms, BigFraction.ZERO, BigFraction::add);
      case Product(var factors) -> fold(factors, BigFraction.ONE, BigFraction::multiply);
      case Power(Expression base, Expression exponent) -> power(of(base), of(exponent));
      case Percent(Expression value) -> {
        BigFraction exact = of(value);
        yield exact == null ? null : exact.divide(100);
      }
      case Apply(String function, var arguments) -> apply(function, arguments);
      default -> null;
    };
  }

  private static @Nullable BigFraction fold(
      List<Expression> parts, BigFraction start, BinaryOperator<BigFraction> operation) {
    BigFraction folded = start;
    for (Expression part : parts) {
      BigFraction value = of(part);
      if (value == null) {
        return null;
      }
      folded = operation.apply(folded, value);
      if (bits(folded) > MOST_BITS) {
        return null;
      }
    }
    return folded;
  }

  private static @Nullable BigFraction power(
      @Nullable BigFraction base, @Nullable BigFraction exponent) {
    if (base == null || exponent == null || bits(exponent) > 62) {
      return null;
    }
    if (exponent.getDenominator().equals(BigInteger.TWO)) {
      BigFraction root = squareRoot(base);
      return root == null ? null : power(root, exponent.multiply(2));
    }
    if (!exponent.isInteger() || (base.signum() == 0 && exponent.signum() <= 0)) {
      return null;
    }
    boolean unit = base.abs().equals(BigFraction.ONE);
    long times = exponent.getNumerator().longValueExact();
    if (base.signum() == 0 || unit) {
      return base.signum() >= 0 || times % 2 != 0 ? base : base.negate();
    }
    if (Math.abs(times) > MOST_BITS || bits(base) * Math.abs(times) > MOST_BITS) {
      return null;
    }
    return base.pow(times);
  }

  private static @Nullable BigFraction squareRoot(BigFraction square) {
    if (square.signum() < 0) {
      return null;
    }
    BigInteger[] above = square.getNumerator().sqrtAndRemainder();
    BigInteger[] below = square.getDenominator().sqrtAndRemainder();
    boolean rational = above[1].signum() == 0 && below[1].signum() == 0;
    return rational ? new BigFraction(above[0], below[0]) : null;
  }

  private static @Nullable BigFraction apply(String function, List<Expression> arguments) {
    BigFraction first = of(arguments.getFirst());
    if (first == null) {
      return null;
    }
    if (arguments.size() == 1) {
      return switch (function) {
        case "abs" -> first.abs();
        case "floor" -> new BigFraction(floor(first));
        case "ceil" -> new BigFraction(floor(first.negate()).negate());
        case "factorial" -> isSmall(first) ? new BigFraction(product(first, 1)) : null;
        case "doublefactorial" -> isSmall(first) ? new BigFraction(product(first, 2)) : null;
        default -> null;
      };
    }
    BigFraction second = arguments.size() == 2 ? of(arguments.get(1)) : null;
    if (second == null || !first.isInteger() || !second.isInteger()) {
      return null;
    }
    BigInteger a = first.getNumerator();
    BigInteger b = second.getNumerator();
    return switch (function) {
      case "binomial" -> binomial(first, second);
      case "gcd" -> new BigFraction(a.gcd(b));
      case "lcm" ->
          b.signum() == 0 ? second : new BigFraction(a.divide(a.gcd(b)).multiply(b).abs());
      case "mod" -> b.signum() <= 0 ? null : new BigFraction(a.mod(b));
      case "min" -> new BigFraction(a.min(b));
      case "max" -> new BigFraction(a.max(b));
      default -> null;
    };
  }

  private static BigInteger floor(BigFraction value) {
    BigInteger[] parts = value.getNumerator().divideAndRemainder(value.getDenominator());
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** The product of a number and those below it, in steps, down to 1 or 2. */
  private static BigInteger product(BigFraction from, int step) {
    BigInteger product = BigInteger.ONE;
    for (int factor = from.intValue(); factor > 1; factor -= step) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    return product;
  }

  private static @Nullable BigFraction binomial(BigFraction from, BigFraction choose) {
    if (!isSmall(from) || !isSmall(choose) || choose.compareTo(from) > 0) {
      return null;
    }
    int n = from.intValue();
    int k = choose.intValue();
    return new BigFraction(productFrom(n - k + 1, n).divide(productFrom(2, k)));
  }

  private static boolean isSmall(BigFraction value) {
    return value.isInteger()
        && value.signum() >= 0
        && value.compareTo(new BigFraction(LARGEST_FACTORIAL)) <= 0;
  }

  private static BigInteger productFrom(int first, int last) {
    BigInteger product = BigInteger.ONE;
    for (int factor = first; factor <= last; factor++) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    return product;
  }

  private static long bits(BigFraction value) {
    return Math.max(value.getNumerator().bitLength(), value.getDenominator().bitLength());
  }
}
