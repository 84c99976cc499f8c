package dev.splitreason.training.optimize;

import dev.splitreason.core.error.UserMistake;

/**
 * The learning rate over a run: a linear warm-up, a plateau, and a fall at the end.
 *
 * @param peak the rate after the warm-up
 * @param warmUp share of the run that warms up, 0 … 1
 * @param shape how the rate falls
 * @param fall share of the run that falls, up to 1; with the warm-up more than the whole run, it is
 *     what the warm-up leaves
 * @param minimum the last rate as a share of the peak, 0 … 1
 */
public record RateSchedule(double peak, double warmUp, Shape shape, double fall, double minimum) {

  /** How the rate falls. */
  public enum Shape {
    CONSTANT,
    LINEAR,
    COSINE
  }

  public RateSchedule {
    if (!(peak > 0) || Double.isInfinite(peak)) {
      throw new UserMistake("rate must be above 0, not " + peak);
    }
    requireShare("warm-up", warmUp);
    requireShare("fall", fall);
    requireShare("minimum", minimum);
  }

  /**
   * The rate of a step.
   *
   * @param step counted from 0
   * @param steps of the whole run
   */
  public double at(long step, long steps) {
    long warm = Math.round(warmUp * steps);
    if (step < warm) {
      return peak * (step + 1) / warm;
    }
    long falling = Math.min(Math.round(fall * steps), steps - warm);
    long fallen = step - (steps - falling);
    if (fallen < 0 || falling == 0) {
      return peak;
    }
    double progress = falling == 1 ? 1 : (double) fallen / (falling - 1);
    double above =
        switch (shape) {
          case CONSTANT -> 1;
          case LINEAR -> 1 - Math.min(1, progress);
          case COSINE -> 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
        };
    return peak * (minimum + (1 - minimum) * above);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new UserMistake(name + " must be a share in 0 … 1, not " + share);
    }
  }
}
