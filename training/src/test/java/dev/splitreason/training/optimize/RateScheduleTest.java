package dev.splitreason.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.optimize.RateSchedule.Shape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateScheduleTest {

  @Test
  void theRateRisesStaysAndFalls() {
    var schedule = new RateSchedule(1.0, 0.1, Shape.LINEAR, 0.3, 0);

    assertThat(schedule.at(0, 100)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.at(9, 100)).isEqualTo(1.0);
    assertThat(schedule.at(69, 100)).isEqualTo(1.0);
    assertThat(schedule.at(85, 100)).isBetween(0.4, 0.6);
    assertThat(schedule.at(99, 100)).isZero();
  }

  @Test
  void aCosineEndsAtTheMinimum() {
    var schedule = new RateSchedule(2.0, 0.05, Shape.COSINE, 1, 0.1);

    assertThat(schedule.at(99, 100)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.at(52, 100)).isCloseTo(1.1, within(0.05));
  }

  @Property
  void theRateNeverLeavesItsRange(
      @ForAll Shape shape,
      @ForAll @DoubleRange(max = 1) double warmUp,
      @ForAll @DoubleRange(max = 1) double fall,
      @ForAll @DoubleRange(max = 1) double minimum,
      @ForAll @IntRange(min = 1, max = 200) int steps) {
    var schedule = new RateSchedule(3e-4, warmUp, shape, fall, minimum);
    long warm = Math.round(warmUp * steps);

    for (int step = 0; step < steps; step++) {
      double least = step < warm ? 0 : 3e-4 * minimum;
      assertThat(schedule.at(step, steps)).isBetween(least - 1e-15, 3e-4 + 1e-15);
    }
  }

  @Test
  void aRateThatIsNoRateIsRefused() {
    assertThatThrownBy(() -> new RateSchedule(0, 0, Shape.LINEAR, 1, 0))
        .hasMessage("rate must be above 0, not 0.0");
    assertThatThrownBy(() -> new RateSchedule(1, 5, Shape.LINEAR, 1, 0))
        .hasMessage("warm-up must be a share in 0 … 1, not 5.0");
  }
}
