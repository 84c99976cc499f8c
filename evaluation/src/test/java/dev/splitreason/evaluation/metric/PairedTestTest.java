package dev.splitreason.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Values of the exact test are those of {@code scipy.stats.binomtest(better, better + worse)}. */
class PairedTestTest {

  private static double[] differences(int better, int worse, int equal, double size) {
    double[] differences = new double[better + worse + equal];
    Arrays.fill(differences, 0, better, size);
    Arrays.fill(differences, better, better + worse, -size);
    return differences;
  }

  @Test
  void oneAnswerEachIsMcNemarsExactTest() {
    assertThat(PairedTest.pValue(differences(10, 2, 50, 1), 1)).isCloseTo(0.03857, within(1e-5));
    assertThat(PairedTest.pValue(differences(6, 6, 9, 1), 1)).isEqualTo(1);
    assertThat(PairedTest.pValue(differences(77, 0, 23, 1), 1)).isLessThan(1e-20);
    assertThat(PairedTest.pValue(differences(0, 0, 5, 1), 1)).isEqualTo(1);
  }

  @Test
  void severalAnswersEachAreDrawnAndAgreeWithIt() {
    assertThat(PairedTest.pValue(differences(10, 2, 50, 0.5), 1)).isCloseTo(0.0386, within(0.006));
  }
}
