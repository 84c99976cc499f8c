package dev.splitreason.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation of answers one at a time found.
 *
 * @param profile the name of the hardware profile
 * @param source where the profile's numbers come from
 * @param answers how many answers
 * @param offloadRatio the large model's tokens over all tokens kept
 * @param speedupBound the speed-up over the large model alone that no schedule of split decoding
 *     can pass: everything but writing the kept tokens hidden or free
 * @param results one for each mode
 * @param paper what the paper reports, beside what is simulated; only where it is asked for
 */
public record SimulationReport(
    String profile,
    String source,
    int answers,
    double offloadRatio,
    double speedupBound,
    List<ModeResult> results,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PaperComparison paper) {

  public SimulationReport {
    results = List.copyOf(results);
  }

  /** The same report beside the paper's. */
  public SimulationReport with(PaperComparison paper) {
    return new SimulationReport(
        profile, source, answers, offloadRatio, speedupBound, results, paper);
  }
}
