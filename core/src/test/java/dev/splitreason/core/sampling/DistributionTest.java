package dev.splitreason.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.ModelException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Property
  void agreesWithTheDefinitions(@ForAll("rows") float[] logits) {
    Distribution distribution = Distribution.of(logits);

    double logSumExp = naiveLogSumExp(logits);
    assertThat(distribution.logSumExp()).isCloseTo(logSumExp, within(1e-5));
    assertThat(distribution.logProb(logits[0])).isCloseTo(logits[0] - logSumExp, within(1e-5));
    assertThat(distribution.entropy()).isCloseTo(naiveEntropy(logits, logSumExp), within(1e-5));
  }

  @Property
  void addingAConstantToEveryLogitChangesNoProbability(@ForAll("rows") float[] logits) {
    float[] shifted = logits.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += 100;
    }
    Distribution here = Distribution.of(logits);
    Distribution there = Distribution.of(shifted);

    assertThat(there.entropy()).isCloseTo(here.entropy(), within(1e-3));
    assertThat(there.logProb(shifted[0])).isCloseTo(here.logProb(logits[0]), within(1e-3));
  }

  @Test
  void equalLogitsHaveTheEntropyOfTheVocabulary() {
    float[] logits = new float[151_936];
    Arrays.fill(logits, -3e30f);

    assertThat(Distribution.of(logits).entropy()).isCloseTo(Math.log(151_936), within(1e-9));
  }

  @Test
  void aCertainTokenHasNoEntropyAndProbabilityOne() {
    Distribution distribution = Distribution.of(new float[] {0, 3e38f, Float.NEGATIVE_INFINITY});

    assertThat(distribution.entropy()).isZero();
    assertThat(distribution.logProb(3e38f)).isZero();
    assertThat(distribution.logProb(Float.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aForbiddenTokenChangesNothing() {
    assertThat(Distribution.of(new float[] {1, 2, Float.NEGATIVE_INFINITY}))
        .isEqualTo(Distribution.of(new float[] {1, 2}));
  }

  @Test
  void aRowThatIsNoDistributionIsRefused() {
    assertThatThrownBy(() -> Distribution.of(new float[] {0, Float.NaN}))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> Distribution.of(new float[0])).isInstanceOf(ModelException.class);
  }

  /** Within one block and across several. */
  @Provide
  Arbitrary<float[]> rows() {
    return Arbitraries.floats()
        .between(-30, 30)
        .ofScale(5)
        .array(float[].class)
        .ofMinSize(1)
        .ofMaxSize(2500);
  }

  private static double naiveLogSumExp(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum);
  }

  private static double naiveEntropy(float[] logits, double logSumExp) {
    double entropy = 0;
    for (float logit : logits) {
      double logProb = logit - logSumExp;
      entropy -= Math.exp(logProb) * logProb;
    }
    return entropy;
  }
}
