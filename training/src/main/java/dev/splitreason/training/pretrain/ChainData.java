package dev.splitreason.training.pretrain;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.chain.ChainRules;

/**
 * What a chain model is trained on.
 *
 * @param fewestSteps of a problem
 * @param mostSteps of a problem
 * @param multiplyProbability how likely a step of a problem is a multiplication
 * @param greatestFactor multiplications are by 11 … this
 * @param greatestTerm 0 … this is added and subtracted
 * @param drills share of examples that are drills: unrelated lines of arithmetic instead of a
 *     problem
 * @param drillLines lines of a drill
 * @param drillProducts share of products among them
 */
public record ChainData(
    int fewestSteps,
    int mostSteps,
    double multiplyProbability,
    int greatestFactor,
    int greatestTerm,
    double drills,
    int drillLines,
    double drillProducts) {

  /** Problems only. */
  public static final ChainData DEFAULT = new ChainData(4, 8, 0.3, 99, 99, 0, 11, 0.7);

  public ChainData {
    ChainRules _ =
        new ChainRules(fewestSteps, mostSteps, multiplyProbability, greatestFactor, greatestTerm);
    requireShare("drills", drills);
    requireShare("drill-products", drillProducts);
    if (drillLines < 1) {
      throw new UserMistake("drill-lines must be 1 or more, not " + drillLines);
    }
  }

  /** By which rules its problems are drawn. */
  ChainRules rules() {
    return new ChainRules(
        fewestSteps, mostSteps, multiplyProbability, greatestFactor, greatestTerm);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new UserMistake(name + " must be a share in 0 … 1, not " + share);
    }
  }
}
