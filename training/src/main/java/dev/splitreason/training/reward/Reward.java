package dev.splitreason.training.reward;

import java.util.List;

/** What one property of an answer is worth. Thread-safe. */
@FunctionalInterface
public interface Reward {

  /** The answer's reward; the range is the implementation's. */
  double of(Completion completion);

  /**
   * The reward for answers that were sampled together, where what one is worth depends on all of
   * them; by default it does not.
   */
  default Reward among(List<Completion> batch) {
    return this;
  }
}
