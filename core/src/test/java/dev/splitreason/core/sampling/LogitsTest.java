package dev.splitreason.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.ModelException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class LogitsTest {

  @Property
  void exponentialsAreWithinTheirStatedErrorOfMathExp(
      @ForAll @FloatRange(min = -87.6f, max = 0) @Scale(6) float logit) {
    assertThat((double) exp(logit, 0, 1)).isCloseTo(Math.exp(logit), within(bound(logit)));
  }

  @Test
  void errorBoundHoldsOnAFineGrid() {
    for (float logit = -87.6f; logit <= 0; logit += 0.0007f) {
      assertThat((double) exp(logit, 0, 1)).isCloseTo(Math.exp(logit), within(bound(logit)));
    }
  }

  @Property
  void temperatureDividesTheLogits(
      @ForAll @FloatRange(min = -20, max = 0) @Scale(6) float logit,
      @ForAll @DoubleRange(min = 0.3, max = 100) double temperature) {
    double exact = logit / temperature;

    assertThat((double) exp(logit, 0, temperature))
        .isCloseTo(Math.exp(exact), within(bound(exact)));
  }

  @Test
  void thePeakWeighsOneAndTheForbiddenAndTheHopelessNothing() {
    assertThat(exp(3, 3, 0.7)).isEqualTo(1);
    assertThat(exp(Float.NEGATIVE_INFINITY, 3, 0.7)).isZero();
    assertThat(exp(-90, 0, 1)).isZero();
    assertThat(exp(-Float.MAX_VALUE, Float.MAX_VALUE, 1)).isZero();
  }

  @Test
  void aTemperatureNextToZeroLeavesOnlyThePeak() {
    assertThat(exp(3, 3, Double.MIN_VALUE)).isEqualTo(1);
    assertThat(exp(Math.nextDown(3f), 3, 1e-9)).isZero();
  }

  @Test
  void aRowWithoutAFinitePeakIsRefused() {
    assertThatThrownBy(() -> Logits.peak(new float[] {1, Float.NaN, 2}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Logits.peak(new float[] {1, Float.POSITIVE_INFINITY}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> Logits.peak(new float[] {Float.NEGATIVE_INFINITY}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("forbids all");
  }

  @Test
  void amongEqualPeaksTheLowestIdWins() {
    assertThat(Logits.peak(new float[] {Float.NEGATIVE_INFINITY, -2, 5, 1, 5})).isEqualTo(2);
  }

  private static float exp(float logit, float max, double temperature) {
    float[] row = {logit};
    Logits.exp(row, 0, 1, max, Logits.rate(temperature), new int[1]);
    return row[0];
  }

  private static double bound(double exponent) {
    return Math.exp(exponent) * (3e-7 + 1e-7 * Math.abs(exponent));
  }
}
