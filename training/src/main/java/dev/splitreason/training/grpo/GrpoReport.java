package dev.splitreason.training.grpo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How a step of GRPO went.
 *
 * @param step counted from 1
 * @param answers the sampled answers
 * @param update what was learned from them
 */
public record GrpoReport(long step, Answers answers, Update update) {

  /**
   * The sampled answers.
   *
   * @param count how many
   * @param reward the mean total reward
   * @param rewards the mean of each reward, before its weight, by its name
   * @param offloadRatio large tokens over all tokens, of all answers together
   * @param spans the mean number of spans
   * @param tokens the mean length
   * @param ended the share that a model ended, rather than the token budget
   * @param tiedGroups the share of groups whose answers all got the same reward
   * @param seconds to sample and judge them
   */
  public record Answers(
      int count,
      double reward,
      SequencedMap<String, Double> rewards,
      double offloadRatio,
      double spans,
      double tokens,
      double ended,
      double tiedGroups,
      double seconds) {
    public Answers {
      rewards = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rewards));
    }
  }

  /**
   * The updates of a step; means over them.
   *
   * @param loss of the policy
   * @param kl k3 to the reference, 0 without one
   * @param clipped the share of actions whose gradient was clipped away
   * @param gradientNorm before clipping
   * @param rate the learning rate
   * @param count how many updates
   * @param seconds they took
   */
  public record Update(
      double loss,
      double kl,
      double clipped,
      double gradientNorm,
      double rate,
      int count,
      double seconds) {}

  /** Whether every update was one: else the model is as it was before the first that was not. */
  public boolean isFinite() {
    return Double.isFinite(update.loss()) && Double.isFinite(update.gradientNorm());
  }
}
