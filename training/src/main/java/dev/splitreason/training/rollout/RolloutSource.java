package dev.splitreason.training.rollout;

import dev.splitreason.data.problem.Problem;
import java.util.List;

/**
 * Where rollouts come from: here in this process, or from a pair that is served elsewhere and is
 * given the weights after each update.
 */
public interface RolloutSource {

  /**
   * Samples answers with the weights as they are now.
   *
   * @param problems what is asked
   * @param each how many answers to each problem
   * @param seed decides every draw, with the answer's index
   * @param first the index of the first answer, where other processes sample those before it
   * @return the answers, problem after problem
   * @throws InterruptedException if the calling thread is interrupted; no rollout is under way then
   */
  List<Rollout> sample(List<Problem> problems, int each, long seed, long first)
      throws InterruptedException;

  /** Samples all answers here. */
  default List<Rollout> sample(List<Problem> problems, int each, long seed)
      throws InterruptedException {
    return sample(problems, each, seed, 0);
  }

  /** The most tokens of an answer. */
  int longest();

  /** How answers are drawn, which a loss must know to compute their log-probabilities again. */
  Drawing drawing();

  /**
   * How answers are drawn.
   *
   * @param temperature above 0; divides the logits
   * @param openTag the open tag's token id
   * @param closeTag the close tag's token id
   */
  record Drawing(double temperature, int openTag, int closeTag) {
    public Drawing {
      if (!(temperature > 0)) {
        throw new IllegalArgumentException(
            "rollouts need a temperature above 0, not " + temperature);
      }
    }
  }
}
