package dev.splitreason.training.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.answers.check.AnswerChecker;
import org.junit.jupiter.api.Test;

class AccuracyRewardTest {

  @Test
  void onlyAMarkedAnswerThatEqualsTheReferenceCounts() {
    try (AnswerChecker checker = new AnswerChecker()) {
      AccuracyReward accuracy = new AccuracyReward(checker);

      assertThat(accuracy.of(Completions.saying("</think><answer>\\boxed{20}</answer>")))
          .isEqualTo(1);
      assertThat(accuracy.of(Completions.saying("it is \\boxed{2<bigmodel>0</bigmodel>}")))
          .isEqualTo(1);
      assertThat(accuracy.of(Completions.saying("it is \\boxed{21}"))).isZero();
      assertThat(accuracy.of(Completions.saying("5*4=20"))).isZero();
      assertThat(accuracy.of(Completions.saying("The answer is 20, so we are done."))).isEqualTo(1);
      assertThat(accuracy.of(Completions.saying("The answer is not 20."))).isZero();
      assertThat(accuracy.of(Completions.saying("\\boxed{20} or rather \\boxed{"))).isZero();
      assertThat(accuracy.of(Completions.saying("<think>it is \\boxed{20}, but"))).isZero();
      assertThat(accuracy.of(Completions.saying(""))).isZero();
    }
  }
}
