package dev.splitreason.core.sampling;

import dev.splitreason.core.model.ModelException;

/** One row of logits: its peak, and the exponentials that softmax is made of. */
@SuppressWarnings("FloatingPointLiteralPrecision") // constants as published
final class Logits {

  /** Work on rows goes in blocks of so many, to stay in the first-level cache. */
  static final int BLOCK = 1024;

  private static final float LOG2_E = 1.4426950408889634f;

  private Logits() {}

  /**
   * The index of the largest logit; of several, the lowest.
   *
   * @throws ModelException if it is not finite: then the row describes no distribution
   */
  static int peak(float[] logits) {
    int peak = -1;
    float max = Float.NEGATIVE_INFINITY;
    // A branch that is almost never taken beats Math.max, which pays for NaN at every element.
    for (int i = 0; i < logits.length; i++) {
      if (!(logits[i] <= max)) {
        peak = i;
        max = logits[i];
        if (Float.isNaN(max)) {
          break;
        }
      }
    }
    if (Float.isFinite(max)) {
      return peak;
    }
    throw new ModelException(
        ModelException.Kind.UNAVAILABLE,
        peak < 0
            ? "no token can be drawn: the model or the logit bias forbids all of them"
            : "no token can be drawn: the model computed a logit of "
                + max
                + "; its weights may be damaged");
  }

  /**
   * Turns {@code row[from … to - 1]}, at most {@link #BLOCK} logits, into {@code exp((logit - max)
   * / temperature)}. The relative error is below 3e-7 + 1e-7 · |exponent|; below exp(-87.7) the
   * result is 0, which a forbidden token's therefore always is.
   *
   * <p>The shape is for C2, which makes vector instructions of the first loop: two to the whole
   * part of the exponent comes from its bits, two to the rest from a polynomial (Cephes, {@code
   * exp2f}). It works in place because C2 does not vectorise where two arrays may overlap.
   *
   * @param rate {@link #rate} of the temperature
   * @param whole scratch of at least {@link #BLOCK} elements
   */
  static void exp(float[] row, int from, int to, float max, float rate, int[] whole) {
    for (int i = from; i < to; i++) {
      float exponent = Math.max((row[i] - max) * rate, -127f);
      int nearest = (int) (exponent - 0.5f);
      float rest = exponent - nearest;
      float p = 1.535336188319500e-4f;
      p = p * rest + 1.339887440266574e-3f;
      p = p * rest + 9.618437357674640e-3f;
      p = p * rest + 5.550332471162809e-2f;
      p = p * rest + 2.402264791363012e-1f;
      p = p * rest + 6.931472028550421e-1f;
      row[i] = p * rest + 1f;
      whole[i - from] = nearest;
    }
    for (int i = from; i < to; i++) {
      row[i] *= Float.intBitsToFloat((whole[i - from] + 127) << 23); // -127 gives 0
    }
  }

  /** What differences of logits are multiplied by to become powers of two at this temperature. */
  static float rate(double temperature) {
    return (float) Math.min(LOG2_E / temperature, 1e30); // finite, so that 0 times it is 0
  }

  /** The sum of {@code values[from … to - 1]}; four partial sums keep the adders busy. */
  static double sum(float[] values, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < to; i++) {
      a += values[i];
    }
    return a + b + (c + d);
  }
}
