package dev.splitreason.evaluation.simulate.answer;

import dev.splitreason.evaluation.simulate.clock.EventQueue;
import java.util.EnumMap;
import java.util.Map;

/** Where the time of one answer went: every moment since its arrival belongs to one part. */
final class Timeline {

  private final EventQueue clock;
  private final double arrival;
  private final double[] seconds = new double[Part.values().length];
  private double since;

  Timeline(EventQueue clock) {
    this.clock = clock;
    this.arrival = clock.now();
    this.since = arrival;
  }

  /** Everything since the last call was spent on this. */
  void spent(Part part) {
    seconds[part.ordinal()] += clock.now() - since;
    since = clock.now();
  }

  /** Of everything since the last call, the end was spent on {@code last}. */
  void spent(Part first, Part last, double lastSeconds) {
    double all = clock.now() - since;
    double end = Math.min(all, lastSeconds);
    seconds[first.ordinal()] += all - end;
    seconds[last.ordinal()] += end;
    since = clock.now();
  }

  double latency() {
    return clock.now() - arrival;
  }

  Map<Part, Double> parts() {
    Map<Part, Double> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      parts.put(part, seconds[part.ordinal()]);
    }
    return parts;
  }
}
