package dev.splitreason.training.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.optimize.OptimizerConfig;
import dev.splitreason.training.optimize.RateSchedule.Shape;
import dev.splitreason.training.reward.Reward;
import dev.splitreason.training.reward.RewardSum;
import dev.splitreason.training.rollout.BundledModels;
import dev.splitreason.training.rollout.BundledPair;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trains the bundled small model a few steps. */
class GrpoTrainerTest {

  private static final OptimizerConfig OPTIMIZER =
      new OptimizerConfig(2e-3, 0, Shape.CONSTANT, 0, 1, 0.9, 0.98, 1e-8, 0, 1);
  private static final int GROUP = 8;

  private final BundledPair pair = new BundledPair(64);
  private final AdamW optimizer = new AdamW(pair.smallWeights().parameters(), OPTIMIZER);

  @AfterEach
  void free() {
    optimizer.close();
    pair.close();
  }

  @Test
  void what_is_rewarded_becomes_likelier() throws InterruptedException {
    GrpoTrainer trainer = trainer(answer -> -answer.offloadRatio(), SIZES, loss(0), null);

    double before = offloadRatio();
    GrpoReport last = trainer.step(0);
    for (int step = 1; step < 10; step++) {
      last = trainer.step(step);
    }

    assertThat(before).isGreaterThan(0.03);
    assertThat(offloadRatio()).isLessThan(0.7 * before);
    assertThat(last.step()).isEqualTo(10);
    assertThat(last.isFinite()).isTrue();
  }

  /**
   * Of always the same problems, drawn with the same seeds: steps differ in how hard theirs are.
   */
  private double offloadRatio() throws InterruptedException {
    return pair.rollouts(true, 64).sample(BundledPair.problems(1_000, 16), 4, 99).stream()
        .mapToDouble(rollout -> rollout.completion().offloadRatio())
        .average()
        .orElseThrow();
  }

  @Test
  void where_all_answers_are_worth_the_same_nothing_is_learned() throws InterruptedException {
    GrpoReport report = trainer(answer -> 1, SIZES, loss(0), null).step(0);

    assertThat(report.answers().tiedGroups()).isEqualTo(1);
    assertThat(report.answers().reward()).isEqualTo(1);
    assertThat(report.update().count()).isZero();
    assertThat(optimizer.steps()).isZero();
  }

  @Test
  void the_first_update_is_on_policy_and_the_reference_is_still_the_same()
      throws InterruptedException {
    try (Transformer reference = BundledModels.weights("small-split")) {
      GrpoSchedule once = new GrpoSchedule(100, 4, GROUP, 1, 32);
      GrpoLoss loss =
          new GrpoLoss(Advantage.STANDARDISED, Aggregation.SEQUENCE_MEAN, 0.2, 0.2, 0.1);

      GrpoReport report = trainer(answer -> -answer.offloadRatio(), once, loss, reference).step(0);

      assertThat(report.update().count()).isEqualTo(1);
      assertThat(report.update().clipped()).isZero();
      assertThat(report.update().kl()).isCloseTo(0, within(1e-6));
      assertThat(report.update().loss()).isCloseTo(0, within(1e-3));
      assertThat(report.update().gradientNorm()).isPositive();
    }
  }

  @Test
  void the_same_seed_gives_the_same_steps() throws InterruptedException {
    GrpoReport one = trainer(answer -> -answer.offloadRatio(), SIZES, loss(0), null).step(0);
    try (BundledPair other = new BundledPair(64);
        AdamW others = new AdamW(other.smallWeights().parameters(), OPTIMIZER)) {
      GrpoReport two =
          trainer(other, others, answer -> -answer.offloadRatio(), SIZES, loss(0), null).step(0);

      assertThat(two.answers().reward()).isEqualTo(one.answers().reward());
      assertThat(two.update().loss()).isCloseTo(one.update().loss(), within(1e-5));
    }
  }

  @Test
  void a_kl_weight_without_a_reference_is_refused() {
    assertThatThrownBy(() -> trainer(answer -> 1, SIZES, loss(0.1), null))
        .hasMessageContaining("needs a reference model");
    assertThatThrownBy(() -> new GrpoSchedule(100, 4, 1, 1, 32))
        .hasMessageContaining("2 or more answers to a problem, not 1");
  }

  private GrpoTrainer trainer(
      Reward reward, GrpoSchedule sizes, GrpoLoss loss, @Nullable Transformer reference) {
    return trainer(pair, optimizer, reward, sizes, loss, reference);
  }

  private static GrpoTrainer trainer(
      BundledPair pair,
      AdamW optimizer,
      Reward reward,
      GrpoSchedule sizes,
      GrpoLoss loss,
      @Nullable Transformer reference) {
    return new GrpoTrainer(
        new GrpoTrainer.Parts(
            pair.smallWeights(),
            reference,
            pair.rollouts(true, 64),
            step -> BundledPair.problems(step * sizes.prompts(), sizes.prompts()),
            new RewardSum(List.of(new RewardSum.Term("test", 1, reward))),
            optimizer,
            OPTIMIZER.toSchedule(),
            Processes.alone()),
        sizes,
        loss,
        5);
  }

  private static final GrpoSchedule SIZES = new GrpoSchedule(100, 4, GROUP, 2, 16);

  private static GrpoLoss loss(double klWeight) {
    return new GrpoLoss(Advantage.STANDARDISED, Aggregation.TOKEN_MEAN, 0.2, 0.28, klWeight);
  }
}
