package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Degrees;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Percent;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Sum;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import java.util.List;
import java.util.Map;
import org.hipparchus.complex.Complex;
import org.hipparchus.fraction.BigFraction;
import org.hipparchus.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * The value of an expression at a point, in complex floating point: quick, and good enough to say
 * that two expressions differ.
 */
public final class Approximation {

  /** Above this a factorial is above all floating point numbers. */
  private static final double LARGEST_FACTORIAL = 170;

  private final Map<String, Double> point;
  private final boolean realOnly;
  private double largest;

  /**
   * An evaluation at one point.
   *
   * @param point the value of each variable
   * @param realOnly whether roots and logarithms of negative numbers are undefined
   */
  public Approximation(Map<String, Double> point, boolean realOnly) {
    this.point = Map.copyOf(point);
    this.realOnly = realOnly;
  }

  /** The value of a constant in real numbers; NaN when it has none. */
  public static double real(Expression constant) {
    Complex value = new Approximation(Map.of(), false).of(constant);
    if (value == null || Math.abs(value.getImaginary()) > 1e-12 * Math.abs(value.getReal())) {
      return Double.NaN;
    }
    return value.getReal();
  }

  /**
   * The value; NaN where it is undefined.
   *
   * @return null when the expression has something this class cannot compute
   */
  public @Nullable Complex of(Expression expression) {
    Complex result =
        switch (expression) {
          case Literal(BigFraction value, int decimals) -> new Complex(value.doubleValue());
          case Constant constant -> constant(constant);
          case Symbol(String name) -> variable(name);
          case Sum(var terms) -> sum(terms);
          case Product(var factors) -> product(factors);
          case Power(Expression base, Expression exponent) -> power(of(base), exponent);
          case Percent(Expression inner) -> scaled(inner, 0.01);
          case Degrees(Expression inner) -> scaled(inner, Math.PI / 180);
          case Apply(String function, var arguments) -> apply(function, arguments);
          default -> null;
        };
    if (result != null && !result.isNaN()) {
      largest = Math.max(largest, result.norm());
    }
    return result;
  }

  /** The largest magnitude met on the way: what cancels against it is lost to rounding. */
  public double largest() {
    return largest;
  }

  private static Complex constant(Constant constant) {
    return switch (constant) {
      case PI -> Complex.PI;
      case E -> new Complex(Math.E);
      case I -> Complex.I;
      case INFINITY -> new Complex(Double.POSITIVE_INFINITY);
    };
  }

  private @Nullable Complex variable(String name) {
    Double value = point.get(name);
    return value == null ? null : new Complex(value);
  }

  private @Nullable Complex sum(List<Expression> terms) {
    Complex sum = Complex.ZERO;
    for (Expression term : terms) {
      Complex value = of(term);
      if (value == null) {
        return null;
      }
      sum = sum.add(value);
    }
    return sum;
  }

  private @Nullable Complex product(List<Expression> factors) {
    Complex product = Complex.ONE;
    for (Expression factor : factors) {
      Complex value = of(factor);
      if (value == null) {
        return null;
      }
      product =
          isReal(product) && isReal(value)
              ? new Complex(product.getReal() * value.getReal())
              : product.multiply(value);
    }
    return product;
  }

  private @Nullable Complex scaled(Expression inner, double by) {
    Complex value = of(inner);
    return value == null ? null : value.multiply(by);
  }

  private @Nullable Complex power(@Nullable Complex base, Expression exponentTree) {
    Complex exponent = of(exponentTree);
    if (base == null || exponent == null) {
      return null;
    }
    boolean real = isReal(base) && isReal(exponent);
    boolean whole = real && exponent.getReal() == Math.rint(exponent.getReal());
    if (real && (base.getReal() >= 0 || whole)) {
      return new Complex(Math.pow(base.getReal(), exponent.getReal()));
    }
    return realOnly ? Complex.NaN : base.pow(exponent);
  }

  private @Nullable Complex apply(String function, List<Expression> arguments) {
    Complex first = of(arguments.getFirst());
    Complex second = arguments.size() == 2 ? of(arguments.get(1)) : null;
    if (first == null || arguments.size() > 2 || (arguments.size() == 2 && second == null)) {
      return null;
    }
    return second == null ? unary(function, first) : binary(function, first, second);
  }

  private @Nullable Complex unary(String function, Complex x) {
    return switch (function) {
      case "sin" -> x.sin();
      case "cos" -> x.cos();
      case "tan" -> x.tan();
      case "cot" -> x.tan().reciprocal();
      case "sec" -> x.cos().reciprocal();
      case "csc" -> x.sin().reciprocal();
      case "arcsin" -> x.asin();
      case "arccos" -> x.acos();
      case "arctan" -> x.atan();
      case "sinh" -> x.sinh();
      case "cosh" -> x.cosh();
      case "tanh" -> x.tanh();
      case "exp" -> x.exp();
      case "ln" -> logarithm(x);
      case "log" -> logarithm(x).divide(Math.log(10));
      case "abs" -> new Complex(x.norm());
      case "Re" -> new Complex(x.getReal());
      case "Im" -> new Complex(x.getImaginary());
      case "floor" -> isReal(x) ? x.floor() : null;
      case "ceil" -> isReal(x) ? x.ceil() : null;
      case "doublefactorial" -> isReal(x) ? doubleFactorial(x.getReal()) : null;
      case "factorial" -> isReal(x) ? factorial(x.getReal()) : null;
      default -> null;
    };
  }

  private static Complex factorial(double x) {
    return x > LARGEST_FACTORIAL
        ? new Complex(Double.POSITIVE_INFINITY)
        : new Complex(Gamma.gamma(x + 1));
  }

  private static @Nullable Complex doubleFactorial(double x) {
    if (x != Math.rint(x) || x < 0) {
      return null;
    }
    double product = 1;
    for (double factor = x; factor > 1 && Double.isFinite(product); factor -= 2) {
      product *= factor;
    }
    return new Complex(product);
  }

  private @Nullable Complex binary(String function, Complex first, Complex second) {
    return switch (function) {
      case "logbase" -> logarithm(second).divide(logarithm(first));
      case "min" -> isReal(first) && isReal(second) ? lower(first, second) : null;
      case "mod" -> isReal(first) && isReal(second) ? modulo(first, second) : null;
      case "max" -> isReal(first) && isReal(second) ? lower(second, first) : null;
      default -> null;
    };
  }

  private static Complex modulo(Complex number, Complex by) {
    double whole = Math.floor(number.getReal() / by.getReal());
    return new Complex(number.getReal() - whole * by.getReal());
  }

  private static Complex lower(Complex first, Complex second) {
    return first.getReal() <= second.getReal() ? first : second;
  }

  private Complex logarithm(Complex x) {
    return realOnly && isReal(x) && x.getReal() < 0 ? Complex.NaN : x.log();
  }

  private static boolean isReal(Complex value) {
    return value.getImaginary() == 0;
  }
}
