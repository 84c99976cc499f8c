package dev.splitreason.training.grpo;

import dev.splitreason.training.distributed.Processes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** The answers of all processes, of which these are one's. */
    Answers over(Processes processes) {
      if (processes.count() == 1) {
        return this;
      }
      List<Double> means = new ArrayList<>();
      Collections.addAll(means, 1.0, reward, tokens, tokens * offloadRatio, spans, ended);
      means.add(tiedGroups);
      means.addAll(rewards.values());
      double[] sums = processes.sum(means.stream().mapToDouble(mean -> mean * count).toArray());
      double all = sums[0];
      SequencedMap<String, Double> parts = new LinkedHashMap<>();
      int next = means.size() - rewards.size();
      for (String name : rewards.keySet()) {
        parts.put(name, sums[next++] / all);
      }
      return new Answers(
          (int) all,
          sums[1] / all,
          parts,
          sums[2] == 0 ? 0 : sums[3] / sums[2],
          sums[4] / all,
          sums[2] / all,
          sums[5] / all,
          sums[6] / all,
          seconds);
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
