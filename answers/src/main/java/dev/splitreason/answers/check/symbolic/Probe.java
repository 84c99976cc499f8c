package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Parts;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import org.hipparchus.complex.Complex;
import org.jspecify.annotations.Nullable;

/**
 * Tries two formulas at the same points: one point where they differ refutes that they are equal.
 *
 * <p>Points are the same in every run. Real arithmetic comes first, so that formulas are compared
 * where both are real; complex principal values are used when there is no such point, or when i
 * occurs.
 */
public final class Probe {

  /** What the points say. */
  public enum Outcome {
    /** They differ at a point. */
    DIFFERENT,
    /** They agree at all points where both have a value. */
    ALIKE,
    /** No point said anything. */
    SILENT
  }

  private static final int POINTS = 10;
  private static final int ENOUGH = 3;
  private static final Set<String> STEPS = Set.of("floor", "ceil", "mod", "gcd", "lcm");

  /** Above what rounding leaves of equal values, below what tells values apart. */
  private static final double RELATIVE = 1e-9;

  /** What cancellation may leave of the largest intermediate value. */
  private static final double LOST = 1e-12;

  private final Expression left;
  private final Expression right;
  private final SortedSet<String> variables;
  private final boolean steps;

  private Probe(Expression left, Expression right) {
    this.left = left;
    this.right = right;
    this.variables = Variables.of(left);
    this.variables.addAll(Variables.of(right));
    this.steps = Parts.contain(left, Probe::isStep) || Parts.contain(right, Probe::isStep);
  }

  private static boolean isStep(Expression part) {
    return part instanceof Apply(String function, var arguments) && STEPS.contains(function);
  }

  /** Compares two formulas. */
  public static Outcome compare(Expression left, Expression right) {
    Probe probe = new Probe(left, right);
    boolean complex = Variables.isComplex(left) || Variables.isComplex(right);
    Outcome real = complex ? Outcome.SILENT : probe.compare(true);
    return real == Outcome.SILENT ? probe.compare(false) : real;
  }

  /**
   * The factor between two formulas that are proportional at all points.
   *
   * @return left / right; NaN when it is not the same everywhere, or nowhere known
   */
  public static double factor(Expression left, Expression right) {
    Probe probe = new Probe(left, right);
    SplittableRandom random = new SplittableRandom(1);
    double factor = Double.NaN;
    for (int i = 0; i < POINTS; i++) {
      Map<String, Double> point = probe.point(random, i);
      Complex above = new Approximation(point, true).of(left);
      Complex below = new Approximation(point, true).of(right);
      if (above == null || below == null) {
        return Double.NaN;
      }
      double ratio = above.getReal() / below.getReal();
      if (!Double.isFinite(ratio)) {
        continue;
      }
      if (Math.abs(ratio - factor) > 1e-7 * Math.abs(ratio)) {
        return Double.NaN;
      }
      factor = ratio;
    }
    return factor;
  }

  private Outcome compare(boolean realOnly) {
    SplittableRandom random = new SplittableRandom(1);
    int alike = 0;
    int tries = variables.isEmpty() ? 1 : POINTS;
    for (int i = 0; i < tries; i++) {
      Map<String, Double> point = point(random, i);
      Approximation leftValue = new Approximation(point, realOnly);
      Approximation rightValue = new Approximation(point, realOnly);
      Complex a = leftValue.of(left);
      Complex b = rightValue.of(right);
      Boolean same = same(a, b, Math.max(leftValue.largest(), rightValue.largest()));
      if (same != null && !same) {
        return Outcome.DIFFERENT;
      }
      alike += same == null ? 0 : 1;
    }
    return alike >= Math.min(ENOUGH, tries) ? Outcome.ALIKE : Outcome.SILENT;
  }

  /**
   * Values between 0.3 and 2.7, the later half of the points with signs; whole numbers, small and
   * large, for what goes in steps.
   */
  private Map<String, Double> point(SplittableRandom random, int number) {
    Map<String, Double> point = new HashMap<>();
    for (String variable : variables) {
      double value =
          steps ? random.nextInt(1, 10 * (number + 1) * (number + 1)) : random.nextDouble(0.3, 2.7);
      boolean negative = random.nextBoolean() && number >= POINTS / 2;
      point.put(variable, negative ? -value : value);
    }
    return point;
  }

  private static @Nullable Boolean same(@Nullable Complex a, @Nullable Complex b, double largest) {
    if (a == null || b == null || a.isNaN() || b.isNaN()) {
      return null;
    }
    if (a.isInfinite() || b.isInfinite()) {
      return (a.isInfinite() && b.isInfinite()) ? null : false;
    }
    double scale = Math.max(a.norm(), b.norm());
    double lost = Double.isInfinite(largest) ? scale : LOST * largest;
    return a.subtract(b).norm() <= Math.max(RELATIVE * scale, lost);
  }
}
