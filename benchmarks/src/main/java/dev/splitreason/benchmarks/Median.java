package dev.splitreason.benchmarks;

import java.util.List;

/** The middle of some measurements, which one disturbed turn does not move. */
final class Median {

  private Median() {}

  /** The middle value, or the mean of the two middle values. */
  static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}
