package dev.splitreason.training.grpo;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.profile.Profiles;
import dev.splitreason.training.reward.AccuracyReward;
import dev.splitreason.training.reward.CoverageReward;
import dev.splitreason.training.reward.FormatReward;
import dev.splitreason.training.reward.LatencyReward;
import dev.splitreason.training.reward.LatencyReward.TimeBudget;
import dev.splitreason.training.reward.MeanTimeReward;
import dev.splitreason.training.reward.Peak;
import dev.splitreason.training.reward.Reward;
import dev.splitreason.training.reward.RewardSum;
import dev.splitreason.training.reward.RewardSum.Term;
import dev.splitreason.training.reward.TagCountReward;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is worth. A reward of weight 0 is measured only.
 *
 * @param accuracy weight of {@link AccuracyReward}
 * @param format weight of {@link FormatReward}
 * @param latency weight of {@link LatencyReward} or {@link MeanTimeReward}, as {@code shape} says
 * @param tagCount weight of {@link TagCountReward}
 * @param coverage weight of {@link CoverageReward}
 * @param target the offload ratio whose time may be spent
 * @param shape what spending more or less is worth
 * @param spanTokens the usual length of a span
 * @param profile how fast the pair is: a name or a file, as of {@code splitreason simulate}
 * @param spans peak over the number of spans
 * @param covered peak over the share of characters inside spans
 */
public record RewardConfig(
    double accuracy,
    double format,
    double latency,
    double tagCount,
    double coverage,
    double target,
    Shape shape,
    int spanTokens,
    String profile,
    Peak spans,
    Peak covered) {

  /** What spending time on offloading is worth. */
  @SuppressWarnings("ImmutableEnumChecker") // a reward is a pure function
  public enum Shape {
    /** Best where the answers of a step are on target on average. */
    MEAN_ON_TARGET(null),
    /** Best where each answer is on target. */
    ON_TARGET(LatencyReward.ON_TARGET),
    /** As good below the target. */
    AT_MOST(LatencyReward.AT_MOST_TARGET),
    /** Every second costs. */
    PRICE(LatencyReward.PRICE);

    private final @Nullable Peak peak;

    Shape(@Nullable Peak peak) {
      this.peak = peak;
    }

    Reward of(TimeBudget budget) {
      return peak == null
          ? new MeanTimeReward(budget, MeanTimeReward.SLOPE)
          : new LatencyReward(budget, peak);
    }
  }

  /** Accuracy first, then time, on the paper's hardware, at 5 % in spans of two tokens. */
  public static final RewardConfig DEFAULT =
      new RewardConfig(
          1,
          0.2,
          2,
          0,
          0,
          0.05,
          Shape.MEAN_ON_TARGET,
          2,
          Profiles.PAPER,
          TagCountReward.DEFAULT.peak(),
          CoverageReward.DEFAULT.peak());

  /**
   * The rewards.
   *
   * @param checker decides which answers are right; the caller's to close
   * @param promptOpensThinking whether the prompt ends inside the reasoning
   * @param chunk tokens of a span after which the small model is asked
   * @throws IOException if the profile's file cannot be read
   */
  RewardSum toRewards(
      AnswerChecker checker, boolean promptOpensThinking, TagSpelling tags, int chunk)
      throws IOException {
    TimeBudget budget =
        new TimeBudget(
            Profiles.load(profile),
            Mode.PIPELINED,
            SplitSettings.DEFAULT.withChunk(chunk),
            target,
            spanTokens);
    Reward count = new TagCountReward(spans, TagCountReward.DEFAULT.penalty(), tags);
    return new RewardSum(
        List.of(
            new Term("accuracy", accuracy, new AccuracyReward(checker)),
            new Term("format", format, new FormatReward(promptOpensThinking, tags)),
            new Term("latency", latency, shape.of(budget)),
            new Term("tag_count", tagCount, count),
            new Term("coverage", coverage, new CoverageReward(covered, tags))));
  }
}
