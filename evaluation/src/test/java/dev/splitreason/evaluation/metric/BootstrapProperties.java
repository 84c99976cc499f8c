package dev.splitreason.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class BootstrapProperties {

  @Example
  void aboutNineteenOfTwentyIntervalsHoldTheTruth() {
    var random = new SplittableRandom(5);
    int held = 0;
    int experiments = 300;
    for (int i = 0; i < experiments; i++) {
      double[] outcomes = random.doubles(100).map(drawn -> drawn < 0.6 ? 1 : 0).toArray();
      Interval interval = Bootstrap.ofMean(outcomes, i);
      held += interval.low() <= 0.6 && 0.6 <= interval.high() ? 1 : 0;
    }
    assertThat((double) held / experiments).isBetween(0.90, 0.98);
  }

  @Property(tries = 20)
  void theIntervalLiesWithinTheValues(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -1, max = 1) Double> values) {
    Interval interval =
        Bootstrap.ofMean(values.stream().mapToDouble(Double::doubleValue).toArray(), 1);

    assertThat(interval.low()).isLessThanOrEqualTo(interval.high());
    assertThat(interval.low()).isGreaterThanOrEqualTo(Collections.min(values) - 1e-9);
    assertThat(interval.high()).isLessThanOrEqualTo(Collections.max(values) + 1e-9);
  }

  @Example
  void theSameSeedGivesTheSameInterval() {
    double[] values = {0, 1, 1, 0, 1, 0.5};

    assertThat(Bootstrap.ofMean(values, 3)).isEqualTo(Bootstrap.ofMean(values, 3));
  }
}
