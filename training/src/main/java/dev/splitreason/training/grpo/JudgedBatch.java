package dev.splitreason.training.grpo;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.outline.OutlineTurn;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.reward.Completion;
import dev.splitreason.training.reward.RewardSum;
import dev.splitreason.training.rollout.Rollout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a step with what they are worth.
 *
 * @param rollouts group after group
 * @param scores of each
 * @param advantages of each
 * @param tiedGroups the share of groups that teach nothing
 */
record JudgedBatch(
    List<Rollout> rollouts, List<RewardSum.Score> scores, double[] advantages, double tiedGroups) {

  /** Judges the answers and compares them within their groups. */
  static JudgedBatch of(
      List<Rollout> rollouts,
      int group,
      RewardSum rewards,
      Advantage advantage,
      Processes processes) {
    List<Completion> completions = rollouts.stream().map(Rollout::completion).toList();
    RewardSum among = rewards.among(completions, processes::sum);
    List<RewardSum.Score> scores = completions.stream().map(among::of).toList();
    double[] advantages = new double[rollouts.size()];
    int tied = 0;
    for (int from = 0; from < rollouts.size(); from += group) {
      double[] totals =
          scores.subList(from, from + group).stream().mapToDouble(RewardSum.Score::total).toArray();
      System.arraycopy(advantage.of(totals), 0, advantages, from, group);
      tied += Advantage.tied(totals) ? 1 : 0;
    }
    return new JudgedBatch(rollouts, scores, advantages, (double) tied * group / rollouts.size());
  }

  /**
   * An answer to learn from.
   *
   * @param actions how many it has
   * @param rollout null if another process has it
   * @param advantage of the answer; 0 if another process has it
   */
  record Lesson(int actions, @Nullable Rollout rollout, float advantage) {}

  /**
   * The answers of all processes to learn from, in one order everywhere: all that have actions;
   * without {@code all}, only those that are better or worse than others of their group.
   */
  List<Lesson> lessons(boolean all, Share share, Processes processes) {
    double[] actions = new double[share.answers()];
    for (int i = 0; i < advantages.length; i++) {
      if (all || advantages[i] != 0) {
        actions[share.first() + i] = rollouts.get(i).actions().size();
      }
    }
    double[] everywhere = processes.sum(actions);
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < everywhere.length; i++) {
      if (everywhere[i] > 0) {
        int here = i - share.first();
        boolean isHere = here >= 0 && here < advantages.length;
        lessons.add(
            new Lesson(
                (int) everywhere[i],
                isHere ? rollouts.get(here) : null,
                isHere ? (float) advantages[here] : 0));
      }
    }
    return lessons;
  }

  GrpoReport.Answers report(double seconds) {
    SequencedMap<String, Double> parts = new LinkedHashMap<>();
    for (RewardSum.Score score : scores) {
      score.parts().forEach((name, value) -> parts.merge(name, value, Double::sum));
    }
    int count = rollouts.size();
    parts.replaceAll((name, sum) -> sum / count);
    long tokens = 0;
    long large = 0;
    long spans = 0;
    long ended = 0;
    for (Rollout rollout : rollouts) {
      tokens += rollout.completion().tokens();
      ended += rollout.completion().ended() ? 1 : 0;
      for (OutlineTurn turn : rollout.completion().turns()) {
        large += turn.author() == Author.LARGE ? turn.tokens() : 0;
        spans += turn.author() == Author.LARGE ? 1 : 0;
      }
    }
    return new GrpoReport.Answers(
        count,
        scores.stream().mapToDouble(RewardSum.Score::total).average().orElse(0),
        parts,
        tokens == 0 ? 0 : (double) large / tokens,
        (double) spans / count,
        (double) tokens / count,
        (double) ended / count,
        tiedGroups,
        seconds);
  }
}
