package dev.splitreason.training.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class AdvantageProperties {

  @Property
  void theyAddUpToNothing(@ForAll Advantage advantage, @ForAll("rewards") double[] rewards) {
    assertThat(Arrays.stream(advantage.of(rewards)).sum()).isCloseTo(0, within(1e-6));
  }

  @Property
  void aBetterAnswerNeverHasTheSmallerAdvantage(
      @ForAll Advantage advantage, @ForAll("rewards") double[] rewards) {
    double[] advantages = advantage.of(rewards);
    for (int i = 1; i < rewards.length; i++) {
      int order = Double.compare(rewards[i], rewards[i - 1]);
      assertThat((advantages[i] - advantages[i - 1]) * order).isGreaterThanOrEqualTo(0);
    }
  }

  @Property
  void whatAllAnswersGetDoesNotCount(
      @ForAll Advantage advantage,
      @ForAll("rewards") double[] rewards,
      @ForAll @DoubleRange(min = -3, max = 3) double bonus) {
    double[] raised = Arrays.stream(rewards).map(reward -> reward + bonus).toArray();
    assertThat(advantage.of(raised)).containsExactly(advantage.of(rewards), within(1e-3));
  }

  @Property
  void standardisedOnesDoNotDependOnTheUnit(
      @ForAll("marks") double[] marks, @ForAll @DoubleRange(min = 1, max = 100) double unit) {
    double[] scaled = Arrays.stream(marks).map(mark -> mark * unit).toArray();
    assertThat(Advantage.STANDARDISED.of(scaled))
        .containsExactly(Advantage.STANDARDISED.of(marks), within(1e-3));
  }

  @Property
  void equalRewardsTeachNothing(
      @ForAll Advantage advantage,
      @ForAll @DoubleRange(min = -5, max = 5) double reward,
      @ForAll @IntRange(min = 1, max = 9) int answers) {
    double[] rewards = new double[answers];
    Arrays.fill(rewards, reward);

    assertThat(Advantage.tied(rewards)).isTrue();
    assertThat(advantage.of(rewards)).containsOnly(0.0);
  }

  @Example
  void oneRightAnswerOfFour() {
    double[] rewards = {1, 0, 0, 0};

    assertThat(Advantage.CENTRED.of(rewards)).containsExactly(0.75, -0.25, -0.25, -0.25);
    assertThat(Advantage.STANDARDISED.of(rewards))
        .containsExactly(
            new double[] {0.75 / 0.5001, -0.25 / 0.5001, -0.25 / 0.5001, -0.25 / 0.5001},
            within(1e-12));
  }

  @Provide
  static Arbitrary<double[]> rewards() {
    return Arbitraries.doubles().between(-5, 5).array(double[].class).ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  static Arbitrary<double[]> marks() {
    return Arbitraries.integers()
        .between(0, 4)
        .map(Integer::doubleValue)
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
