package dev.splitreason.training.reward;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.core.answer.FinalAnswer;

/**
 * Accuracy (arXiv 2504.16379, section 3): 1 if the answer that the response marks as its own equals
 * the reference, else 0. A response that marks none is wrong, whatever numbers are in it.
 *
 * @param checker decides what is equal; the caller's to close
 */
public record AccuracyReward(AnswerChecker checker) implements Reward {

  @Override
  public double of(Completion completion) {
    boolean right =
        FinalAnswer.find(completion.text()).isMarked()
            && checker.check(completion.reference(), completion.text()).equal();
    return right ? 1 : 0;
  }
}
