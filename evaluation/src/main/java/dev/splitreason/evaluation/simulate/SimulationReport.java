package dev.splitreason.evaluation.simulate;

import java.util.List;

/**
 * What a simulation of answers one at a time found.
 *
 * @param profile the name of the hardware profile
 * @param answers how many answers
 * @param offloadRatio the large model's tokens over all tokens kept
 * @param speedupBound the speed-up over the large model alone that no schedule of split decoding
 *     can pass: everything but writing the kept tokens hidden or free
 * @param results one for each mode
 */
public record SimulationReport(
    String profile,
    int answers,
    double offloadRatio,
    double speedupBound,
    List<ModeResult> results) {

  public SimulationReport {
    results = List.copyOf(results);
  }
}
