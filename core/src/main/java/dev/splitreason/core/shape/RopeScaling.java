package dev.splitreason.core.shape;

import dev.splitreason.core.error.UserMistake;
import org.jspecify.annotations.Nullable;

/**
 * Llama 3's scaling of rotary frequencies, by which a model trained on short texts reads long ones
 * ({@code llama3} in transformers): waves that pass more than {@code high} times in the original
 * context stay, those that pass less than {@code low} times are stretched, those between in part.
 *
 * @param factor by which long waves are stretched
 * @param low how often the long waves pass at most
 * @param high how often the short waves pass at least
 * @param original the context before, in tokens
 */
public record RopeScaling(double factor, double low, double high, int original) {

  /** How far divisors may be from those of a scaling: files have them as FLOAT32. */
  private static final double ROUNDING = 1e-5;

  /**
   * Checks that there can be such a scaling.
   *
   * @throws UserMistake if not
   */
  public RopeScaling {
    if (!(factor >= 1) || !(low > 0) || !(high > low) || original < 1) {
      throw new UserMistake(
          "rotary positions cannot be scaled by %s between %s and %s waves in %d tokens"
              .formatted(factor, low, high, original));
    }
  }

  /** As Llama 3.1 (by 8) and 3.2 (by 32) have it. */
  public static RopeScaling llama3(double factor) {
    return new RopeScaling(factor, 1, 4, 8192);
  }

  /** What a frequency is divided by. */
  double divisor(double frequency) {
    double waves = original * frequency / (2 * Math.PI);
    double kept = Math.clamp((waves - low) / (high - low), 0.0, 1.0);
    return 1 / ((1 - kept) / factor + kept);
  }

  /** What the frequency of each pair of a head is divided by, as GGUF files have it. */
  public float[] divisors(double base, int headSize) {
    double[] frequencies = Rope.of(base).frequencies(headSize);
    float[] divisors = new float[frequencies.length];
    for (int i = 0; i < divisors.length; i++) {
      divisors[i] = (float) divisor(frequencies[i]);
    }
    return divisors;
  }

  /** The scaling that divides the frequencies of this base by these divisors, or null. */
  public static @Nullable RopeScaling of(float[] divisors, double base) {
    double factor = 1;
    for (float divisor : divisors) {
      factor = Math.max(factor, divisor);
    }
    RopeScaling published = llama3(factor);
    if (published.hasDivisors(divisors, base)) {
      return published;
    }
    RopeScaling solved = solve(divisors, base, factor);
    return solved != null && solved.hasDivisors(divisors, base) ? solved : null;
  }

  /**
   * Two frequencies that are stretched in part tell the rest: how much of them is kept grows evenly
   * with the frequency. All multiples of {@code low}, {@code high} and {@code original} are one
   * scaling; published ones have a {@code low} of 1.
   */
  private static @Nullable RopeScaling solve(float[] divisors, double base, double factor) {
    double[] frequencies = Rope.of(base).frequencies(2 * divisors.length);
    int first = -1;
    int last = -1;
    for (int i = 0; i < divisors.length; i++) {
      if (divisors[i] > 1 && divisors[i] < factor) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first == last) {
      return null;
    }
    double keptFirst = kept(divisors[first], factor);
    double slope =
        (keptFirst - kept(divisors[last], factor)) / (frequencies[first] - frequencies[last]);
    double high = 1 + 1 / (slope * frequencies[first] - keptFirst);
    long original = Math.round(2 * Math.PI * slope * (high - 1));
    return high > 1 && original > 0 && original <= Integer.MAX_VALUE
        ? new RopeScaling(factor, 1, Math.round(high * 1e4) / 1e4, (int) original)
        : null;
  }

  /** How much of a frequency is kept, from 0 to 1. */
  private static double kept(double divisor, double factor) {
    return (1 / divisor - 1 / factor) / (1 - 1 / factor);
  }

  private boolean hasDivisors(float[] divisors, double base) {
    float[] own = divisors(base, 2 * divisors.length);
    for (int i = 0; i < own.length; i++) {
      if (!(Math.abs(own[i] - divisors[i]) <= ROUNDING * own[i])) {
        return false;
      }
    }
    return true;
  }
}
