package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class LooksTest {

  private static final int CHUNK = 8;
  private static final int SPANS = 200;

  /** What an answer's spans cost: passes of the small model, tokens of the large one. */
  private record Cost(int passes, int kept, int discarded) {

    double wasted() {
      return (double) discarded / (kept + discarded);
    }
  }

  /** Looks as they fit the spans. */
  private static Cost fitting(IntSupplier lengths) {
    Looks looks = new Looks(CHUNK);
    Cost cost = new Cost(0, 0, 0);
    for (int span = 0; span < SPANS; span++) {
      int length = lengths.getAsInt();
      int looked = 0;
      int passes = 0;
      while (looked < length) {
        looked += looks.next(looked);
        passes++;
      }
      looks.ended(length);
      cost = new Cost(cost.passes + passes, cost.kept + length, cost.discarded + looked - length);
    }
    return cost;
  }

  /** A look after every chunk. */
  private static int passesByChunk(IntSupplier lengths) {
    int passes = 0;
    for (int span = 0; span < SPANS; span++) {
      passes += Math.ceilDiv(lengths.getAsInt(), CHUNK);
    }
    return passes;
  }

  private static IntSupplier between(int shortest, int longest) {
    SplittableRandom random = new SplittableRandom(1);
    return () -> random.nextInt(shortest, longest + 1);
  }

  /** Mostly one token, some of two, few of more: as certainty closes them. */
  private static IntSupplier mostlyOne() {
    SplittableRandom random = new SplittableRandom(1);
    return () -> {
      int length = 1;
      while (random.nextInt(100) < 22) {
        length++;
      }
      return length;
    };
  }

  @Test
  void theFirstSpanIsLookedAtAfterOneTokenAndThenWheneverItIsTwiceAsLong() {
    Looks looks = new Looks(CHUNK);

    assertThat(looks.next(0)).isEqualTo(1);
    assertThat(looks.next(1)).isEqualTo(1);
    assertThat(looks.next(2)).isEqualTo(2);
    assertThat(looks.next(4)).isEqualTo(4);
    assertThat(looks.next(8)).isEqualTo(CHUNK);
    assertThat(looks.next(64)).isEqualTo(CHUNK);
  }

  @Test
  void spansOfOneLengthAreLookedAtOnceAtTheirEnd() {
    for (int length : new int[] {1, 2, 5, 8}) {
      Cost cost = fitting(() -> length);

      assertThat(cost.wasted()).isLessThan(0.02);
      assertThat(cost.passes()).isLessThan(SPANS + 10);
    }
  }

  @Test
  void shortSpansWasteLittleAndCostFewMorePasses() {
    Cost cost = fitting(mostlyOne());

    assertThat(cost.wasted()).isLessThan(0.15);
    assertThat(cost.passes()).isLessThan((int) (1.3 * passesByChunk(mostlyOne())));
  }

  @Test
  void longSpansAreLookedAtAfterEveryChunk() {
    Cost cost = fitting(between(16, 64));

    assertThat(cost.wasted()).isLessThan(0.15);
    assertThat(cost.passes()).isLessThan((int) (1.3 * passesByChunk(between(16, 64))));
  }

  @Test
  void whatAnAnswerBeginsWithIsForgotten() {
    Looks looks = new Looks(CHUNK);
    for (int span = 0; span < 16; span++) {
      looks.ended(1);
    }
    for (int span = 0; span < 16; span++) {
      looks.ended(40);
    }

    assertThat(looks.next(0)).isEqualTo(CHUNK);
  }
}
