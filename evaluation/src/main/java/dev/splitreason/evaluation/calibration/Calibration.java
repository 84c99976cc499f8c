package dev.splitreason.evaluation.calibration;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.PolicyChoice;
import java.io.IOException;

/**
 * Finds the number of a policy at which the large model writes a given share, by bisection: each
 * trial halves the stretch of the dial that is left.
 */
public final class Calibration {

  /** Shares no farther apart than this are the same: a twentieth of a point. */
  private static final double CLOSE = 5e-4;

  /** After so many trials a threshold is known to a thousandth of itself. */
  private static final int MOST_TRIALS = 14;

  private Calibration() {}

  /** Tries a policy out. */
  @FunctionalInterface
  public interface Trial {

    /** The large model's share of the tokens, 0 … 1, under a policy. */
    double share(PolicyChoice policy) throws IOException, InterruptedException;
  }

  /**
   * What was found.
   *
   * @param policy the one whose share is nearest to the target
   * @param share its share in its trial
   * @param trials how many policies were tried
   */
  public record Found(PolicyChoice policy, double share, int trials) {

    /** Whether the share is within half a point of a target. */
    public boolean reaches(double target) {
      return Math.abs(share - target) <= 0.005;
    }
  }

  /**
   * Finds it.
   *
   * @param target the share that is wanted, above 0 and below 1
   */
  public static Found find(Dial dial, double target, Trial trial)
      throws IOException, InterruptedException {
    if (!(target > 0 && target < 1)) {
      throw new UserMistake("the target share must be above 0 and below 1, not " + target);
    }
    double low = 0;
    double high = 1;
    PolicyChoice best = dial.at(0.5);
    double bestShare = Double.POSITIVE_INFINITY;
    int trials = 0;
    while (trials < MOST_TRIALS && Math.abs(bestShare - target) > CLOSE) {
      double middle = (low + high) / 2;
      PolicyChoice policy = dial.at(middle);
      double share = trial.share(policy);
      trials++;
      if (Math.abs(share - target) < Math.abs(bestShare - target)) {
        best = policy;
        bestShare = share;
      }
      if (share < target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Found(best, bestShare, trials);
  }
}
