package dev.splitreason.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CounterRandomTest {

  @Property
  void theSameSeedAndCounterGiveTheSameNumberInTheUnitInterval(
      @ForAll long seed, @ForAll long counter) {
    double first = CounterRandom.uniform(seed, counter);

    assertThat(first).isEqualTo(CounterRandom.uniform(seed, counter));
    assertThat(first).isGreaterThanOrEqualTo(0).isLessThan(1);
  }

  @Property(tries = 200, seed = "1")
  void consecutiveCountersFillTheUnitIntervalEvenly(@ForAll long seed) {
    assertEven(LongStream.range(0, 4000).map(i -> bin(seed, i)));
  }

  @Property(tries = 200, seed = "1")
  void consecutiveSeedsFillTheUnitIntervalEvenly(@ForAll long seed) {
    assertEven(LongStream.range(0, 4000).map(i -> bin(seed + i, 7)));
  }

  @Test
  void nextSeedDoesNotRepeatTheSequenceOneStepLater() {
    long shared =
        LongStream.range(1, 1000)
            .filter(i -> CounterRandom.bits(1, i) == CounterRandom.bits(2, i - 1))
            .count();

    assertThat(shared).isZero();
  }

  private static long bin(long seed, long counter) {
    return (long) (CounterRandom.uniform(seed, counter) * 16);
  }

  private static void assertEven(LongStream bins) {
    double[] observed = new double[16];
    bins.forEach(bin -> observed[(int) bin]++);
    double[] expected = new double[16];
    Arrays.fill(expected, 4000 / 16.0);
    ChiSquare.assertFits(observed, expected);
  }
}
