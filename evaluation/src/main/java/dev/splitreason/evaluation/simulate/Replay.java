package dev.splitreason.evaluation.simulate;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.simulate.answer.Mode;
import dev.splitreason.evaluation.simulate.answer.SplitSettings;
import dev.splitreason.evaluation.simulate.outline.Outline;
import dev.splitreason.evaluation.simulate.profile.PairProfile;
import java.util.List;

/**
 * Recorded answers on other hardware: how long they would take there, one at a time, written by the
 * same models in the same turns. Policies that let both write are simulated pipelined.
 *
 * @param profile the other hardware
 */
public record Replay(PairProfile profile) {

  /** The turns of these policies end where a rule says, and nothing is written beyond. */
  private static final SplitSettings NOTHING_DISCARDED = SplitSettings.DEFAULT.withSpanCap(1);

  /**
   * The mean latency of answers of a policy, in seconds; answers without text are passed over.
   *
   * @return 0 if there are no others
   */
  public double meanSeconds(List<Trace> traces, Policy policy) {
    List<Outline> outlines =
        traces.stream()
            .filter(trace -> !TagSpelling.BIGMODEL.strip(trace.text()).isEmpty())
            .map(trace -> Outline.of(trace, TagSpelling.BIGMODEL))
            .toList();
    if (outlines.isEmpty()) {
      return 0;
    }
    return new Simulation(profile, outlines, settings(policy), 0)
        .costs(mode(policy)).stream().mapToDouble(cost -> cost.latency()).average().orElse(0);
  }

  private static Mode mode(Policy policy) {
    return switch (policy) {
      case Policy.SmallOnly _ -> Mode.SMALL;
      case Policy.LargeOnly _ -> Mode.LARGE;
      case Policy.Learned _, Policy.RandomSwitching _, Policy.Entropy _ -> Mode.PIPELINED;
    };
  }

  private static SplitSettings settings(Policy policy) {
    return policy instanceof Policy.RandomSwitching ? NOTHING_DISCARDED : SplitSettings.DEFAULT;
  }
}
