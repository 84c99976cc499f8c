package dev.splitreason.simulator.fleet;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.simulator.outline.Outline;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Answers that are asked for, at random times (a Poisson process).
 *
 * @param outlines the answers, in the order of their arrival
 * @param perSecond how many arrive in a second, on average
 * @param seed decides when
 */
public record Demand(List<Outline> outlines, double perSecond, long seed) {

  public Demand {
    outlines = List.copyOf(outlines);
    if (outlines.isEmpty()) {
      throw new IllegalArgumentException("nothing to simulate: no answers");
    }
    if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
      throw new UserMistake("the arrival rate must be above 0 answers a second, not " + perSecond);
    }
  }

  /** When each answer is asked for, in seconds. */
  double[] arrivals() {
    SplittableRandom random = new SplittableRandom(seed);
    double[] arrivals = new double[outlines.size()];
    double time = 0;
    for (int i = 0; i < arrivals.length; i++) {
      time -= Math.log(1 - random.nextDouble()) / perSecond;
      arrivals[i] = time;
    }
    return arrivals;
  }
}
