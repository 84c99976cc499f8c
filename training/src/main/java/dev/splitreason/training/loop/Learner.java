package dev.splitreason.training.loop;

/** What a run repeats: one step of learning, a function of the step's number and the model. */
public interface Learner {

  /**
   * Does a step.
   *
   * @param step counted from 0
   * @throws InterruptedException if the calling thread is interrupted before the model is changed
   */
  StepReport step(long step) throws InterruptedException;

  /** What the step done last learned from, as JSON can write it. */
  Object lastData();
}
