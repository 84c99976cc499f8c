package dev.splitreason.training.reward;

/** What one property of an answer is worth. A function of the answer alone; thread-safe. */
@FunctionalInterface
public interface Reward {

  /** The answer's reward; the range is the implementation's. */
  double of(Completion completion);
}
