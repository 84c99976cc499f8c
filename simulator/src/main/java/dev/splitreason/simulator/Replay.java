package dev.splitreason.simulator;

import dev.splitreason.core.policy.FirstTokenEntropy;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.QuestionRouting;
import dev.splitreason.core.policy.ReflectionCues;
import dev.splitreason.core.policy.StepScoring;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.simulator.answer.AnswerCost;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.profile.PairProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recorded answers on other hardware: how long they would take there, one at a time, written by the
 * same models in the same turns. Policies that let both write are simulated pipelined.
 *
 * @param profile the other hardware
 */
public record Replay(PairProfile profile) {

  /**
   * The mean latency of answers of a policy, in seconds, decoded with the chunk and the span cap
   * that each was recorded with; answers without text are passed over.
   *
   * @return 0 if there are no others
   */
  public double meanSeconds(List<Trace> traces, Policy policy) {
    Map<SpanSettings, List<Outline>> recorded =
        traces.stream()
            .filter(trace -> !trace.spans().tags().strip(trace.text()).isEmpty())
            .collect(
                Collectors.groupingBy(
                    Trace::spans,
                    LinkedHashMap::new,
                    Collectors.mapping(Outline::of, Collectors.toList())));
    return recorded.entrySet().stream()
        .flatMap(group -> costs(group.getValue(), policy, group.getKey()))
        .mapToDouble(AnswerCost::latency)
        .average()
        .orElse(0);
  }

  private Stream<AnswerCost> costs(List<Outline> outlines, Policy policy, SpanSettings spans) {
    return new Simulation(profile, outlines, settings(policy, spans), 0)
        .costs(mode(policy)).stream();
  }

  private static Mode mode(Policy policy) {
    return switch (policy) {
      case Policy.SmallOnly _ -> Mode.SMALL;
      case Policy.LargeOnly _ -> Mode.LARGE;
      case Policy.Learned _,
          Policy.RandomSwitching _,
          Policy.Entropy _,
          FirstTokenEntropy _,
          ReflectionCues _,
          StepScoring _,
          QuestionRouting _ ->
          Mode.PIPELINED;
    };
  }

  private static SplitSettings settings(Policy policy, SpanSettings spans) {
    SplitSettings recorded =
        SplitSettings.DEFAULT
            .withChunk(spans.chunk())
            .withWarmChunk(spans.chunk())
            .withSpanCap(spans.cap());
    // The turns of this policy end where a rule says, and nothing is written beyond.
    return policy instanceof Policy.RandomSwitching ? recorded.withSpanCap(1) : recorded;
  }
}
