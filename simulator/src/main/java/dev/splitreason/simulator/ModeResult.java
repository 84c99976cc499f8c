package dev.splitreason.simulator;

import dev.splitreason.simulator.answer.LatencyPart;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.ModelCost;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one mode makes of a set of answers, one at a time.
 *
 * @param mode how they were decoded
 * @param tokensPerSecond tokens of text (tags not counted) over the time of all answers
 * @param speedupOverLarge the time the large model alone takes for them over this mode's
 * @param latency of an answer
 * @param parts what a mean answer's latency was spent on, in seconds
 * @param smallBusy share of the answers' time the small model's device works; a pass that outlives
 *     its answer counts too
 * @param largeBusy share of the answers' time the large model's device works, likewise
 * @param small what all answers took of the small model
 * @param large what all answers took of the large model
 */
public record ModeResult(
    Mode mode,
    double tokensPerSecond,
    double speedupOverLarge,
    Latency latency,
    Map<LatencyPart, Double> parts,
    double smallBusy,
    double largeBusy,
    ModelCost small,
    ModelCost large) {

  public ModeResult {
    // In the order of the parts, so that equal results are printed alike.
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
  }

  /** Seconds of a mean answer that were spent on a part. */
  public double seconds(LatencyPart part) {
    return parts.getOrDefault(part, 0.0);
  }
}
