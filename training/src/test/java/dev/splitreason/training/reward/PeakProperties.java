package dev.splitreason.training.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class PeakProperties {

  @Property
  void itIsOneOnThePeakAndNowhereMore(
      @ForAll("peaks") Peak peak, @ForAll @DoubleRange(min = -50, max = 50) double x) {
    assertThat(peak.value(peak.at())).isEqualTo(1);
    assertThat(peak.value(x)).isBetween(peak.floor(), 1.0);
  }

  @Property
  void itNeverRisesAwayFromThePeak(
      @ForAll("peaks") Peak peak,
      @ForAll @DoubleRange(min = 0, max = 50) double near,
      @ForAll @DoubleRange(min = 0, max = 50) double further) {
    double far = near + further;
    assertThat(peak.value(peak.at() + far)).isLessThanOrEqualTo(peak.value(peak.at() + near));
    assertThat(peak.value(peak.at() - far)).isLessThanOrEqualTo(peak.value(peak.at() - near));
  }

  @Property
  void aboveItsFloorItHasItsSlopes(
      @ForAll("peaks") Peak peak, @ForAll @DoubleRange(min = 0, max = 5) double distance) {
    double right = peak.value(peak.at() + distance);
    double left = peak.value(peak.at() - distance);
    if (right > peak.floor()) {
      assertThat(1 - right).isCloseTo(peak.fall() * distance, within(1e-9));
    }
    if (left > peak.floor()) {
      assertThat(1 - left).isCloseTo(peak.rise() * distance, within(1e-9));
    }
  }

  @Example
  void slopesThatPointTheOtherWayAreRefused() {
    assertThatThrownBy(() -> new Peak(1, -1, 0, 0)).hasMessageContaining("slopes of at least 0");
    assertThatThrownBy(() -> new Peak(1, 0, Double.NaN, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Peak(1, 0, 0, 1.5)).hasMessageContaining("at most 1");
  }

  @Provide
  static Arbitrary<Peak> peaks() {
    Arbitrary<Double> slope = Arbitraries.doubles().between(0, 3);
    return Combinators.combine(
            Arbitraries.doubles().between(-10, 10),
            slope,
            slope,
            Arbitraries.doubles().between(-2, 1))
        .as(Peak::new);
  }
}
