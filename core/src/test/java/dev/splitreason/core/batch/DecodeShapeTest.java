package dev.splitreason.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DecodeShapeTest {

  /** Tokens a second of llama.cpp with 1, 2, 4 and 8 sequences on two cores: 0.5B, Q8_0. */
  private static final IntToDoubleFunction MEASURED =
      size ->
          switch (size) {
            case 1 -> 1 / 64.2;
            case 2, 3 -> size / 45.5;
            case 4, 5, 6, 7 -> size / 68.7;
            default -> size / 130.0;
          };

  /** A device that computes any batch in the same time. */
  private static final IntToDoubleFunction LEVEL = size -> 0.01;

  private long now;
  private final DecodeShape shape = new DecodeShape(16, () -> now);

  /** Tokens a second of so many sessions. */
  private double rate(int sessions, int batches, IntToDoubleFunction cost) {
    long tokens = 0;
    double sum = 0;
    for (int batch = 0; batch < batches; batch++) {
      int size = shape.choose(sessions);
      double seconds = cost.applyAsDouble(size);
      now += (long) (1e9 * seconds);
      shape.took(size, seconds);
      tokens += size;
      sum += seconds;
    }
    return tokens / sum;
  }

  @Test
  void twoAnswersAreAsFastAsOneWhereABatchOfTwoIsSlower() {
    assertThat(rate(2, 600, MEASURED)).isGreaterThan(0.97 * 64.2);
  }

  @Test
  void manyAnswersGoTogetherWhereThatIsFaster() {
    assertThat(rate(8, 300, MEASURED)).isGreaterThan(0.97 * 130);
    assertThat(shape.choose(8)).isEqualTo(8);
  }

  @Test
  void fourAreNoSlowerThanTheFasterOfTogetherAndOneByOne() {
    assertThat(rate(4, 400, MEASURED)).isGreaterThan(0.97 * 68.7);
  }

  @Test
  void whereABatchCostsWhatATokenCostsAllGoTogether() {
    assertThat(rate(16, 200, LEVEL)).isGreaterThan(0.95 * 16 / 0.01);
  }

  @Test
  void aMachineThatChangesIsNoticed() {
    rate(2, 300, MEASURED);
    rate(2, 4000, LEVEL);

    assertThat(rate(2, 300, LEVEL)).isGreaterThan(0.95 * 2 / 0.01);
  }

  @Test
  void oneSessionIsABatch() {
    assertThat(shape.choose(1)).isOne();
    shape.took(1, 0.01);
    assertThat(shape.choose(1)).isOne();
  }
}
