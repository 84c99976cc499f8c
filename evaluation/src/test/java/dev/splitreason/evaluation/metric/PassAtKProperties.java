package dev.splitreason.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PassAtKProperties {

  @Property
  void theEstimateIsTheShareOfAllDrawsThatHoldARightSample(
      @ForAll @IntRange(min = 1, max = 10) int n,
      @ForAll @IntRange(max = 10) int right,
      @ForAll @IntRange(min = 1, max = 10) int draws) {
    int c = Math.min(right, n);
    int k = Math.min(draws, n);

    assertThat(PassAtK.estimate(n, c, k)).isCloseTo(byTryingAllDraws(n, c, k), within(1e-12));
  }

  @Example
  void moreDrawsThanSamplesAreRefused() {
    assertThatThrownBy(() -> PassAtK.estimate(2, 1, 3)).hasMessageContaining("pass@3 of 2 samples");
  }

  /** Samples are bits; the lowest c of them are right. */
  private static double byTryingAllDraws(int n, int c, int k) {
    int draws = 0;
    int hits = 0;
    for (int draw = 0; draw < 1 << n; draw++) {
      if (Integer.bitCount(draw) == k) {
        draws++;
        hits += (draw & ((1 << c) - 1)) == 0 ? 0 : 1;
      }
    }
    return (double) hits / draws;
  }
}
