package dev.splitreason.training.reward;

import dev.splitreason.core.error.UserMistake;

/**
 * A piecewise linear function with one peak: {@code max(floor, 1 − rise · (at − x))} left of it,
 * {@code max(floor, 1 − fall · (x − at))} right of it, 1 on it.
 *
 * @param at where the peak is, finite
 * @param rise the slope on the left, not negative; 0 if less is as good
 * @param fall the slope on the right, not negative; 0 if more is as good
 * @param floor the least value, at most 1; may be negative infinity
 */
public record Peak(double at, double rise, double fall, double floor) {

  public Peak {
    if (!Double.isFinite(at)
        || !(rise >= 0 && rise < Double.POSITIVE_INFINITY)
        || !(fall >= 0 && fall < Double.POSITIVE_INFINITY)
        || !(floor <= 1)) {
      throw new UserMistake(
          ("a peak needs a finite place, slopes of at least 0 and a floor of at most 1, not %s, %s"
                  + " and %s, %s")
              .formatted(at, rise, fall, floor));
    }
  }

  /** The function at {@code x}. */
  public double value(double x) {
    double below = rise * Math.max(0, at - x);
    double above = fall * Math.max(0, x - at);
    return Math.max(floor, 1 - below - above);
  }
}
