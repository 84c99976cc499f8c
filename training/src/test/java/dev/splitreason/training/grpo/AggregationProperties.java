package dev.splitreason.training.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AggregationProperties {

  @Property
  void theWeightsOfAMeanAddUpToOne(@ForAll("counts") int[] actions) {
    assertThat(sum(Aggregation.SEQUENCE_MEAN.weights(actions, 20))).isCloseTo(1, within(1e-5));
    assertThat(sum(Aggregation.TOKEN_MEAN.weights(actions, 20))).isCloseTo(1, within(1e-5));
  }

  @Property
  void byFixedLengthAnActionCountsTheSameWhateverElseIsInItsAnswer(
      @ForAll("counts") int[] actions) {
    float each = 1f / 20 / actions.length;
    for (float weight : Aggregation.FIXED_LENGTH.weights(actions, 20)) {
      assertThat(weight).isCloseTo(each, within(1e-7f));
    }
  }

  @Example
  void anAnswerWithoutActionsCountsInTheMeanOverAnswers() {
    assertThat(Aggregation.SEQUENCE_MEAN.weights(new int[] {2, 0}, 9))
        .containsExactly(0.25f, 0.25f);
    assertThat(Aggregation.TOKEN_MEAN.weights(new int[] {2, 0}, 9)).containsExactly(0.5f, 0.5f);
    assertThat(Aggregation.TOKEN_MEAN.weights(new int[] {0}, 9)).isEmpty();
  }

  private static double sum(float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }

  @Provide
  static Arbitrary<int[]> counts() {
    return Arbitraries.integers().between(1, 20).array(int[].class).ofMinSize(1).ofMaxSize(8);
  }
}
