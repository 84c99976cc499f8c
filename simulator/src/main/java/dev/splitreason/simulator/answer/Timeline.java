package dev.splitreason.simulator.answer;

import dev.splitreason.simulator.clock.EventQueue;
import java.util.EnumMap;
import java.util.Map;

/** Where the time of one answer went: every moment since its arrival belongs to one part. */
final class Timeline {

  private final EventQueue clock;
  private final double arrival;
  private final Map<LatencyPart, Double> seconds = new EnumMap<>(LatencyPart.class);
  private double since;

  Timeline(EventQueue clock) {
    this.clock = clock;
    this.arrival = clock.now();
    this.since = arrival;
  }

  /** Everything since the last call was spent on this. */
  void spent(LatencyPart part) {
    seconds.merge(part, clock.now() - since, Double::sum);
    since = clock.now();
  }

  /** Of everything since the last call, the end was spent on {@code last}. */
  void spent(LatencyPart first, LatencyPart last, double lastSeconds) {
    double all = clock.now() - since;
    double end = Math.min(all, lastSeconds);
    seconds.merge(first, all - end, Double::sum);
    seconds.merge(last, end, Double::sum);
    since = clock.now();
  }

  double latency() {
    return clock.now() - arrival;
  }

  Map<LatencyPart, Double> parts() {
    Map<LatencyPart, Double> parts = new EnumMap<>(seconds);
    for (LatencyPart part : LatencyPart.values()) {
      parts.putIfAbsent(part, 0.0);
    }
    return parts;
  }
}
