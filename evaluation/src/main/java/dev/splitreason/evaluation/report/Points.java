package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.metric.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Results as points of a figure: cost across, accuracy up. */
final class Points {

  private Points() {}

  /** Those that no other beats in accuracy at the same or less cost, from cheap to dear. */
  static List<Result> paretoFront(List<Result> results, ToDoubleFunction<Result> cost) {
    List<Result> byCost = new ArrayList<>(results);
    byCost.sort(
        Comparator.comparingDouble(cost)
            .thenComparing(Comparator.comparingDouble(Result::accuracy).reversed()));
    List<Result> front = new ArrayList<>();
    for (Result result : byCost) {
      if (front.isEmpty() || result.accuracy() > front.getLast().accuracy()) {
        front.add(result);
      }
    }
    return front;
  }
}
