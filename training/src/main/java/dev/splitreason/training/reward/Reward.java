package dev.splitreason.training.reward;

import java.util.List;
import java.util.function.UnaryOperator;

/** What one property of an answer is worth. Thread-safe. */
@FunctionalInterface
public interface Reward {

  /** The answer's reward; the range is the implementation's. */
  double of(Completion completion);

  /**
   * The reward for answers that were sampled together, where what one is worth depends on all of
   * them; by default it does not.
   *
   * @param batch the answers that are known here
   * @param overall turns sums over these into sums over all answers, some of which may be known in
   *     other processes
   */
  default Reward among(List<Completion> batch, UnaryOperator<double[]> overall) {
    return this;
  }

  /** The reward for answers all of which are known here. */
  default Reward among(List<Completion> batch) {
    return among(batch, UnaryOperator.identity());
  }
}
