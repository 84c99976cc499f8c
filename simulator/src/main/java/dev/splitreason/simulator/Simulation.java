package dev.splitreason.simulator;

import dev.splitreason.simulator.answer.AnswerCost;
import dev.splitreason.simulator.answer.Answering;
import dev.splitreason.simulator.answer.LatencyPart;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.ModelCost;
import dev.splitreason.simulator.answer.Serving;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.profile.PairProfile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Simulates answers one at a time: how long each would take, by each mode, on given hardware.
 *
 * @param profile how fast the models are
 * @param outlines the answers, at least one
 * @param settings how they are decoded
 * @param seed decides which drafted tokens speculative decoding accepts
 */
public record Simulation(
    PairProfile profile, List<Outline> outlines, SplitSettings settings, long seed) {

  public Simulation {
    outlines = List.copyOf(outlines);
    if (outlines.isEmpty()) {
      throw new IllegalArgumentException("nothing to simulate: no answers");
    }
  }

  /** Simulates every answer in each of the modes, and by the large model alone to compare. */
  public SimulationReport run(List<Mode> modes) {
    List<AnswerCost> large = costs(Mode.LARGE);
    double largeSeconds = seconds(large);
    return new SimulationReport(
        profile.name(),
        profile.source(),
        outlines.size(),
        Outline.offloadRatio(outlines),
        largeSeconds / fullOverlapSeconds(),
        modes.stream()
            .map(mode -> result(mode, mode == Mode.LARGE ? large : costs(mode), largeSeconds))
            .toList(),
        null);
  }

  /** What each answer takes in a mode, in the order of the outlines. */
  public List<AnswerCost> costs(Mode mode) {
    return costs(mode, Serving.LONGEST_RUN);
  }

  List<AnswerCost> costs(Mode mode, int longestRun) {
    SplittableRandom random = new SplittableRandom(seed);
    return outlines.stream()
        .map(outline -> cost(mode, outline, random.split(), longestRun))
        .toList();
  }

  private AnswerCost cost(Mode mode, Outline outline, SplittableRandom random, int longestRun) {
    Serving serving = Serving.ofOneAnswer(profile, longestRun);
    Answering answering = mode.start(serving, outline, settings, random, finished -> {});
    serving.clock().run();
    return answering.cost();
  }

  private ModeResult result(Mode mode, List<AnswerCost> costs, double largeSeconds) {
    double seconds = seconds(costs);
    long text = outlines.stream().mapToLong(Outline::text).sum();
    ModelCost small = costs.stream().map(AnswerCost::small).reduce(ModelCost.NONE, ModelCost::plus);
    ModelCost large = costs.stream().map(AnswerCost::large).reduce(ModelCost.NONE, ModelCost::plus);
    return new ModeResult(
        mode,
        text / seconds,
        largeSeconds / seconds,
        Latency.of(costs.stream().mapToDouble(AnswerCost::latency).toArray()),
        meanParts(costs),
        busy(small, seconds),
        busy(large, seconds),
        small,
        large);
  }

  /** A share of the answers' time, which the prefill that is under way at an end outlasts. */
  private static double busy(ModelCost model, double seconds) {
    return Math.min(1, model.seconds() / seconds);
  }

  private double fullOverlapSeconds() {
    return outlines.stream().mapToDouble(outline -> FullOverlap.seconds(profile, outline)).sum();
  }

  private static double seconds(List<AnswerCost> costs) {
    return costs.stream().mapToDouble(AnswerCost::latency).sum();
  }

  private static Map<LatencyPart, Double> meanParts(List<AnswerCost> costs) {
    Map<LatencyPart, Double> mean = new EnumMap<>(LatencyPart.class);
    for (AnswerCost cost : costs) {
      cost.parts()
          .forEach((part, seconds) -> mean.merge(part, seconds / costs.size(), Double::sum));
    }
    return mean;
  }
}
