package dev.splitreason.evaluation.metric;

import dev.splitreason.evaluation.run.Sample;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The vote among a problem's samples (arXiv 2203.11171: self-consistency). */
final class Majority {

  private Majority() {}

  /**
   * The chance that the answer given most often is right, a tie being broken by lot. All right
   * answers count as one answer, however they are written; wrong ones are told apart by their text.
   * Samples that failed have no vote; without a vote nothing is right.
   *
   * @param samples at least one
   */
  static double right(List<Sample> samples) {
    int right = 0;
    Map<String, Integer> wrong = new HashMap<>();
    for (Sample sample : samples) {
      if (sample.right()) {
        right++;
      } else if (!sample.failed()) {
        wrong.merge(sample.answer(), 1, Integer::sum);
      }
    }
    int most = Math.max(right, largest(wrong.values()));
    if (right == 0 || right < most) {
      return 0;
    }
    int rivals = (int) wrong.values().stream().filter(votes -> votes == most).count();
    return 1.0 / (1 + rivals);
  }

  private static int largest(Collection<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).max().orElse(0);
  }
}
