package dev.splitreason.simulator.fleet;

import java.util.List;

/**
 * What a simulation of a fleet found.
 *
 * @param profile the name of the hardware profile
 * @param source where the profile's numbers come from
 * @param answers how many answers were asked for
 * @param arrivalsPerSecond how many of them in a second, on average
 * @param offloadRatio the large model's tokens over all tokens kept
 * @param results one for each mode
 */
public record FleetReport(
    String profile,
    String source,
    int answers,
    double arrivalsPerSecond,
    double offloadRatio,
    List<FleetResult> results) {

  public FleetReport {
    results = List.copyOf(results);
  }
}
