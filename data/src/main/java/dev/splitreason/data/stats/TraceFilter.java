package dev.splitreason.data.stats;

import dev.splitreason.data.tagged.TaggedText;

/**
 * Which traces are fit for training.
 *
 * @param minShare the least share inside spans, 0 … 1
 * @param maxShare the greatest share inside spans, 0 … 1
 */
public record TraceFilter(double minShare, double maxShare) {

  /** Some of the trace, and not half of it. */
  public static final TraceFilter DEFAULT = new TraceFilter(0.005, 0.5);

  /** Whether every tag pairs up and the share is within bounds. */
  public boolean keeps(TaggedText trace) {
    double share = trace.offloadShare();
    return trace.defects().isEmpty() && share >= minShare && share <= maxShare;
  }
}
