package dev.splitreason.simulator.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthsTest {

  private static int[] draw(String lengths) {
    SplittableRandom random = new SplittableRandom(5);
    Lengths distribution = Lengths.parse(lengths);
    return IntStream.generate(() -> distribution.draw(random)).limit(100_000).toArray();
  }

  @Test
  void aNumberIsAlwaysItself() {
    assertThat(draw("12")).containsOnly(12);
  }

  @Test
  void geometricLengthsHaveTheirMean() {
    assertThat(IntStream.of(draw("geometric:32")).average()).hasValueCloseTo(32.0, within(0.5));
    assertThat(draw("geometric:1")).containsOnly(1);
  }

  @Test
  void logNormalLengthsHaveTheirMedian() {
    int[] sorted = IntStream.of(draw("lognormal:8000:0.5")).sorted().toArray();

    assertThat(sorted[50_000]).isCloseTo(8000, within(80));
    assertThat(sorted[84_134] / 8000.0).isCloseTo(Math.exp(0.5), within(0.02));
  }

  @Test
  void noLengthIsBelowOne() {
    assertThat(IntStream.of(draw("lognormal:1:3")).min()).hasValue(1);
  }

  @Test
  void observedLengthsAreDrawnAsOftenAsSeen() {
    SplittableRandom random = new SplittableRandom(5);
    Lengths observed = new Lengths.Observed(List.of(2, 2, 2, 9));

    double nines =
        IntStream.generate(() -> observed.draw(random)).limit(100_000).filter(n -> n == 9).count();

    assertThat(nines / 100_000).isCloseTo(0.25, within(0.01));
    assertThatThrownBy(() -> new Lengths.Observed(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-3",
        "1.5",
        "many",
        "geometric:0.5",
        "geometric:x",
        "geometric:1:2",
        "lognormal:8000",
        "lognormal:0:1",
        "lognormal:10:9",
        "lognormal:NaN:1"
      })
  void everythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Lengths.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRefusalSaysWhatToUse() {
    assertThatThrownBy(() -> Lengths.parse("many"))
        .hasMessage("'many' is no length: use N, geometric:MEAN or lognormal:MEDIAN:SIGMA");
  }
}
