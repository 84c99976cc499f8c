package dev.splitreason.simulator.answer;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one answer took.
 *
 * @param latency seconds from its arrival to its last token
 * @param parts what the latency was spent on, in seconds; they add up to it
 * @param small tokens and device time of the small model
 * @param large tokens and device time of the large model
 */
public record AnswerCost(
    double latency, Map<LatencyPart, Double> parts, ModelCost small, ModelCost large) {

  public AnswerCost {
    // In the order of the parts, so that equal results are printed alike.
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
  }

  /** Seconds of the latency that were spent on a part. */
  public double seconds(LatencyPart part) {
    return parts.getOrDefault(part, 0.0);
  }
}
