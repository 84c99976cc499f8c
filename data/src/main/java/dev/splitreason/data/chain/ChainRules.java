package dev.splitreason.data.chain;

import dev.splitreason.core.error.UserMistake;

/**
 * By which rules chain problems are drawn.
 *
 * @param fewestSteps of a problem, at least 1
 * @param mostSteps of a problem; each number in between is as likely
 * @param multiplyProbability how likely a step is a multiplication, 0 … 1; adding and subtracting
 *     share the rest equally
 * @param greatestFactor multiplications are by 11 … this, at most 99: fewer products are learned in
 *     less time
 * @param greatestTerm 0 … this is added and subtracted, at most 99: so are fewer sums
 */
public record ChainRules(
    int fewestSteps,
    int mostSteps,
    double multiplyProbability,
    int greatestFactor,
    int greatestTerm) {

  /** What the bundled pair is measured with. */
  public static final ChainRules STANDARD = new ChainRules(4, 8, 0.3, 99, 99);

  static final int LEAST_FACTOR = 11;
  private static final int GREATEST = 99;

  public ChainRules {
    if (fewestSteps < 1 || mostSteps < fewestSteps) {
      throw new UserMistake(
          "a problem has 1 step or more, and at most no fewer than at least, not %d … %d"
              .formatted(fewestSteps, mostSteps));
    }
    if (!(multiplyProbability >= 0 && multiplyProbability <= 1)) {
      throw new UserMistake(
          "the probability of a multiplication must be in 0 … 1, not " + multiplyProbability);
    }
    if (greatestFactor < LEAST_FACTOR || greatestFactor > GREATEST) {
      throw new UserMistake(
          "the greatest factor must be in %d … %d, not %d"
              .formatted(LEAST_FACTOR, GREATEST, greatestFactor));
    }
    if (greatestTerm < 0 || greatestTerm > GREATEST) {
      throw new UserMistake(
          "the greatest term must be in 0 … %d, not %d".formatted(GREATEST, greatestTerm));
    }
  }
}
