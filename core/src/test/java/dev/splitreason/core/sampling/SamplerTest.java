package dev.splitreason.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;

class SamplerTest {

  private static final int[] NOTHING = {};

  @Property(tries = 100, seed = "1")
  void drawsFollowTheSoftmaxAtTheTemperature(
      @ForAll("fewLogits") float[] logits,
      @ForAll @DoubleRange(min = 0.5, max = 3) double temperature,
      @ForAll long seed) {
    Sampler sampler = new Sampler(logits.length);
    Sampling sampling = Sampling.at(temperature, seed);
    int draws = 20_000;
    double[] observed = new double[logits.length];
    for (int position = 0; position < draws; position++) {
      observed[sampler.draw(logits, sampling, position, NOTHING, 0)]++;
    }

    double[] expected = new double[logits.length];
    double total = 0;
    for (int i = 0; i < logits.length; i++) {
      expected[i] = Math.exp(logits[i] / temperature);
      total += expected[i];
    }
    for (int i = 0; i < logits.length; i++) {
      expected[i] *= draws / total;
    }
    ChiSquare.assertFits(observed, expected);
  }

  @Property
  void greedyTakesTheLargestLogitAfterBiasAndOfEqualsTheLowestId(
      @ForAll("levels") int[] levels,
      @ForAll @IntRange(max = 19) int biased,
      @ForAll @IntRange(min = -5, max = 5) int bias) {
    float[] logits = new float[levels.length];
    int expected = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = levels[i];
      levels[i] += i == biased ? bias : 0;
      expected = levels[i] > levels[expected] ? i : expected;
    }
    Sampling sampling = Sampling.GREEDY.plusBias(biased, bias);

    assertThat(new Sampler(20).draw(logits, sampling, 0, NOTHING, 0)).isEqualTo(expected);
  }

  @Property
  void forbiddenTokensAreNeverDrawn(
      @ForAll @IntRange(max = 4) int allowed,
      @ForAll @DoubleRange(max = 100) double temperature,
      @ForAll @Positive int position,
      @ForAll long seed) {
    Sampling sampling = Sampling.at(temperature, seed);
    for (int id = 0; id < 5; id++) {
      sampling = id == allowed ? sampling : sampling.forbidding(id);
    }

    assertThat(new Sampler(5).draw(new float[] {9, 8, -80, 6, 5}, sampling, position, NOTHING, 0))
        .isEqualTo(allowed);
  }

  @Property
  void aDrawDependsOnNothingThatWasDrawnBefore(
      @ForAll("manyLogits") float[] logits, @ForAll @Positive int position, @ForAll long seed) {
    Sampling sampling = new Sampling(0.9, 30, 0.95, 0.02, 1.1, seed, Map.of(3, 1f));
    int[] tokens = {1, 2, 3};
    Sampler used = new Sampler(64);
    float[] others = new float[64];
    others[5] = 3;
    used.draw(others, new Sampling(0.5, 1, 1, 0, 1, 4, Map.of()), 9, tokens, 3);

    assertThat(used.draw(logits, sampling, position, tokens, 3))
        .isEqualTo(new Sampler(64).draw(logits, sampling, position, tokens, 3));
  }

  @Test
  void seedAndPositionEachDecideTheDraw() {
    int[] draws = hundredDraws(7);

    assertThat(hundredDraws(7)).isEqualTo(draws);
    assertThat(hundredDraws(8)).isNotEqualTo(draws);
    assertThat(IntStream.of(draws).distinct().count()).isGreaterThan(80);
  }

  @Test
  void theLogitsAreLeftAsTheyWere() {
    float[] logits = {1, 2, 3};
    Sampling sampling = new Sampling(1, 2, 0.9, 0.1, 2, 1, Map.of(0, 5f));
    new Sampler(3).draw(logits, sampling, 0, new int[] {1}, 1);

    assertThat(logits).containsExactly(1, 2, 3);
  }

  @Test
  void thePenaltyDividesPositiveAndMultipliesNegativeLogitsOnceForEachRepeatedToken() {
    Sampling twice = new Sampling(0, 0, 1, 0, 2, 0, Map.of());
    Sampler sampler = new Sampler(2);

    assertThat(sampler.draw(new float[] {4.1f, 2}, twice, 0, new int[] {0, 0, 0}, 3)).isZero();
    assertThat(sampler.draw(new float[] {3.9f, 2}, twice, 0, new int[] {0}, 1)).isOne();
    assertThat(sampler.draw(new float[] {-1.1f, -2}, twice, 0, new int[] {0}, 1)).isOne();
    assertThat(sampler.draw(new float[] {-0.9f, -2}, twice, 0, new int[] {0}, 1)).isZero();
  }

  @Test
  void thePenaltyComesAfterTheBias() {
    Sampling sampling = new Sampling(0, 0, 1, 0, 2, 0, Map.of(0, 3f));

    assertThat(new Sampler(2).draw(new float[] {1, 1.9f}, sampling, 0, new int[] {0}, 1)).isZero();
    assertThat(new Sampler(2).draw(new float[] {1, 2.1f}, sampling, 0, new int[] {0}, 1)).isOne();
  }

  @Test
  void thePenaltyLooksAtTheWindowBeforeTheLengthAndAtKnownIdsOnly() {
    Sampling penalty = new Sampling(0, 0, 1, 0, 2, 0, Map.of());
    float[] logits = {3, 2};
    int[] tokens = new int[100];
    Arrays.fill(tokens, -1);
    tokens[20] = 0;

    int windowEnd = 20 + Sampling.PENALTY_WINDOW;
    assertThat(new Sampler(2).draw(logits, penalty, 0, tokens, 20)).isZero();
    assertThat(new Sampler(2).draw(logits, penalty, 0, tokens, 21)).isOne();
    assertThat(new Sampler(2).draw(logits, penalty, 0, tokens, windowEnd)).isOne();
    assertThat(new Sampler(2).draw(logits, penalty, 0, tokens, windowEnd + 1)).isZero();
  }

  @Test
  void truncationsApplyTogether() {
    float[] logits = {(float) Math.log(8), (float) Math.log(4), (float) Math.log(2), 0, 0};
    Sampling sampling = new Sampling(1, 4, 0.9, 0.3, 1, 5, Map.of());
    Sampler sampler = new Sampler(5);

    // 8, 4, 2, 1 are left by top-k; 8, 4, 2 reach 0.9 of their 15; 2 is below 0.3 of 8.
    assertThat(IntStream.range(0, 2000).map(p -> sampler.draw(logits, sampling, p, NOTHING, 0)))
        .containsOnly(0, 1);
  }

  @Test
  void rowsWithoutADistributionAreRefusedInsteadOfDrawnFrom() {
    Sampler sampler = new Sampler(2);
    float[] broken = {Float.NaN, 1};

    assertThatThrownBy(() -> sampler.draw(broken, Sampling.GREEDY, 0, NOTHING, 0))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> sampler.draw(broken, Sampling.at(1, 1), 0, NOTHING, 0))
        .isInstanceOf(ModelException.class);
    Sampling nothing = Sampling.GREEDY.forbidding(0).forbidding(1);
    assertThatThrownBy(() -> sampler.draw(new float[2], nothing, 0, NOTHING, 0))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void idsAndRowsThatDoNotFitTheVocabularyAreNamed() {
    Sampler sampler = new Sampler(2);

    assertThatThrownBy(
            () -> sampler.draw(new float[2], Sampling.GREEDY.forbidding(7), 0, NOTHING, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token 7");
    assertThatThrownBy(() -> sampler.draw(new float[3], Sampling.GREEDY, 0, NOTHING, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 logits");
  }

  @Provide
  Arbitrary<float[]> fewLogits() {
    return Arbitraries.floats()
        .between(-2, 2)
        .ofScale(5)
        .array(float[].class)
        .ofMinSize(2)
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<float[]> manyLogits() {
    return Arbitraries.floats().between(-3, 3).ofScale(5).array(float[].class).ofSize(64);
  }

  @Provide
  Arbitrary<int[]> levels() {
    return Arbitraries.integers().between(-3, 3).array(int[].class).ofSize(20);
  }

  private static int[] hundredDraws(long seed) {
    Sampler sampler = new Sampler(1000);
    float[] even = new float[1000];
    return IntStream.range(0, 100)
        .map(position -> sampler.draw(even, Sampling.at(1, seed), position, NOTHING, 0))
        .toArray();
  }
}
