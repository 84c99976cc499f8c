package dev.splitreason.training.reward;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.simulator.Simulation;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.profile.PairProfile;
import java.util.List;

/**
 * What an answer's seconds are worth: time on given hardware instead of characters between tags.
 *
 * <p>With t the seconds that the answer takes on the profile, relative to the large model alone, t₀
 * those of the small model alone, and t* those of an answer of the same length that offloads just
 * the target ratio in spans of the usual length:
 *
 * <pre>
 *   u = (t − t₀) / (t* − t₀)        reward = peak(u)
 * </pre>
 *
 * So u is the time spent on offloading in units of what may be spent: 0 without any, 1 on target.
 * Many short spans spend more than a long one of as many tokens, as they do for real. An answer
 * without text gets {@code peak(0)}.
 *
 * @param budget what may be spent
 * @param peak over u
 */
public record LatencyReward(TimeBudget budget, Peak peak) implements Reward {

  /** Best on target; half of it is lost without offloading and at twice the target. */
  public static final Peak ON_TARGET = new Peak(1, 0.5, 0.5, -1);

  /** As good below the target as on it; at three times the target nothing is left. */
  public static final Peak AT_MOST_TARGET = new Peak(1, 0, 0.5, -1);

  /** Every second costs: {@code 1 − u}, without a limit. */
  public static final Peak PRICE = new Peak(0, 0, 1, Double.NEGATIVE_INFINITY);

  /**
   * How long answers take, and how long they may.
   *
   * @param profile how fast the pair is
   * @param mode {@link Mode#SEQUENTIAL} or {@link Mode#PIPELINED}
   * @param settings how spans are decoded
   * @param targetRatio the offload ratio that may be spent, above 0 and below 1
   * @param spanTokens the usual length of a span, at least 1
   */
  public record TimeBudget(
      PairProfile profile, Mode mode, SplitSettings settings, double targetRatio, int spanTokens) {

    public TimeBudget {
      if (!(targetRatio > 0 && targetRatio < 1)) {
        throw new UserMistake(
            "a target offload ratio must be above 0 and below 1, not " + targetRatio);
      }
      if (spanTokens < 1) {
        throw new UserMistake("a span has at least 1 token, not " + spanTokens);
      }
      if (mode != Mode.SEQUENTIAL && mode != Mode.PIPELINED) {
        throw new UserMistake(
            "time is budgeted for split decoding, not for the mode " + mode.label());
      }
    }

    /** The seconds that an answer spends on offloading, in units of what it may spend: u. */
    public double spent(Outline outline) {
      SpreadSpans spread = new SpreadSpans(outline.promptTokens(), outline.text(), spanTokens);
      double alone = seconds(Mode.SMALL, outline);
      double allowed = onTarget(spread) - alone;
      return (seconds(mode, outline) - alone) / allowed;
    }

    /** Seconds on target; a fraction of a span takes that fraction of its time. */
    private double onTarget(SpreadSpans spread) {
      double spans = spread.spansFor(targetRatio);
      int whole = (int) spans;
      double seconds = seconds(mode, spread.outline(whole));
      return spans == whole
          ? seconds
          : seconds + (spans - whole) * (seconds(mode, spread.outline(whole + 1)) - seconds);
    }

    private double seconds(Mode mode, Outline outline) {
      return new Simulation(profile, List.of(outline), settings, 0)
          .costs(mode)
          .getFirst()
          .latency();
    }
  }

  @Override
  public double of(Completion completion) {
    Outline outline = completion.outline();
    return peak.value(outline == null ? 0 : budget.spent(outline));
  }
}
