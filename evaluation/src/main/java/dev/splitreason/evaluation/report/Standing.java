package dev.splitreason.evaluation.report;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.report.figure.Point;
import org.jspecify.annotations.Nullable;

/**
 * A contender's row in the table and dot in the figures.
 *
 * @param number by which figures call it
 * @param name its policy, and its models where the report has others
 * @param result what it reached
 * @param simulated mean seconds of an answer on the report's hardware
 * @param price of a thousand answers; null if the report has no prices
 */
record Standing(int number, String name, Result result, double simulated, @Nullable Double price) {

  /** The policy of a result. */
  static Policy policy(Result result) {
    return PolicyChoice.parse(result.contender().policy()).policy();
  }

  String colour() {
    return Family.of(policy(result)).colour();
  }

  /** Its dot in a figure where it stands at a cost. */
  Point at(double cost) {
    return new Point(
        number, name, colour(), cost, result.accuracy(), result.ci95().low(), result.ci95().high());
  }

  double offloadPercent() {
    return 100 * result.offloadRatio();
  }

  double milliseconds() {
    return 1000 * result.meanLatency();
  }
}
