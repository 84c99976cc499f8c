package dev.splitreason.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.evaluation.calibration.Calibration.Found;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

  private static double threshold(PolicyChoice choice) {
    return ((Policy.Entropy) choice.policy()).threshold();
  }

  @Property(tries = 50)
  void aShareThatFallsWithTheThresholdIsFoundToATenthOfAPoint(
      @ForAll @DoubleRange(min = 0.01, max = 0.9) double target) throws Exception {
    Found found = Calibration.find(Dial.ENTROPY, target, choice -> Math.exp(-threshold(choice)));

    assertThat(Math.exp(-threshold(found.policy()))).isCloseTo(target, within(1e-3));
    assertThat(found.reaches(target)).isTrue();
    assertThat(found.trials()).isLessThanOrEqualTo(14);
  }

  @Test
  void aShareThatCannotBeReachedIsToldByTheNearest() throws Exception {
    Found found = Calibration.find(Dial.LEARNED, 0.5, _ -> 0.1);

    assertThat(found.share()).isEqualTo(0.1);
    assertThat(found.reaches(0.5)).isFalse();
  }

  @Test
  void randomSwitchingNeedsNoSearchToSpeakOf() throws Exception {
    Found found =
        Calibration.find(
            Dial.RANDOM, 0.25, choice -> ((Policy.RandomSwitching) choice.policy()).probability());

    assertThat(found.policy().label()).isEqualTo("random:0.25");
    assertThat(found.trials()).isEqualTo(2);
  }

  @Test
  void everyDialGoesFromLittleToMuch() {
    assertThat(Dial.LEARNED.at(0.6).offloadBias()).isEqualTo(4);
    assertThat(threshold(Dial.ENTROPY.at(0.25))).isGreaterThan(threshold(Dial.ENTROPY.at(0.75)));
    for (Dial dial : Dial.values()) {
      assertThat(Dial.named(dial.policy())).isEqualTo(dial);
      assertThat(PolicyChoice.parse(dial.at(0.3).label())).isEqualTo(dial.at(0.3));
    }
  }

  @Test
  void whatHasNoNumberHasNoDial() {
    assertThat(Dial.named("small")).isNull();
    assertThat(Dial.named("cues")).isNull();
    assertThat(Dial.named("entropy:1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void aShareOfNothingOrAllIsNoTarget(double target) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.find(Dial.ENTROPY, target, _ -> 0))
        .withMessageContaining("above 0 and below 1");
  }
}
