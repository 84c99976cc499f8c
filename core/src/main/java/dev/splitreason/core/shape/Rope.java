package dev.splitreason.core.shape;

import dev.splitreason.core.error.UserMistake;
import org.jspecify.annotations.Nullable;

/**
 * Rotary positions (arXiv 2104.09864): pair i of a head is turned by position · frequency i, which
 * falls from 1 towards 1 / base.
 *
 * @param base of the frequencies
 * @param scaling that lowers them, or null
 */
public record Rope(double base, @Nullable RopeScaling scaling) {

  /**
   * Checks that there can be such positions.
   *
   * @throws UserMistake if the base is none
   */
  public Rope {
    if (!(base > 0)) {
      throw new UserMistake("ropeBase must be above 0, not " + base);
    }
  }

  /** Frequencies as they are. */
  public static Rope of(double base) {
    return new Rope(base, null);
  }

  /** The frequency of each pair of a head, in radians a position. */
  public double[] frequencies(int headSize) {
    double[] frequencies = new double[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      double frequency = Math.pow(base, -2.0 * i / headSize);
      frequencies[i] = scaling == null ? frequency : frequency / scaling.divisor(frequency);
    }
    return frequencies;
  }
}
