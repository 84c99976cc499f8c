package dev.splitreason.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** The sets that top-k, top-p and min-p keep, against sorting everything. */
class CandidatesTest {

  @Property
  void topKKeepsTheFirstOfTheRanking(
      @ForAll("rows") float[] logits, @ForAll @IntRange(min = 1, max = 6000) int k) {
    Candidates candidates = candidates(logits);
    candidates.keepTop(k);

    assertThat(candidates.ids()).containsExactly(prefixOfRanking(logits, k));
  }

  @Property
  void topPKeepsTheSmallestPrefixOfTheRankingThatReachesTheShare(
      @ForAll("rows") float[] logits,
      @ForAll @DoubleRange(min = 0.001, max = 0.999) @Scale(4) double share) {
    int count = naiveNucleus(logits, share);
    Candidates candidates = candidates(logits);
    candidates.keepMass(share);

    assertThat(candidates.ids()).containsExactly(prefixOfRanking(logits, count));
  }

  @Property
  void minPKeepsWhatIsNotFarBelowTheMostProbable(
      @ForAll("rows") float[] logits,
      @ForAll @DoubleRange(min = 0.001, max = 1) @Scale(4) double share) {
    float max = logits[Logits.peak(logits)];
    int[] expected =
        IntStream.range(0, logits.length).filter(i -> Math.exp(logits[i] - max) >= share).toArray();
    for (float logit : logits) {
      assumeNoTie(Math.exp(logit - max), share);
    }
    Candidates candidates = candidates(logits);
    candidates.keepAtLeast(share);

    assertThat(candidates.ids()).containsExactly(expected);
  }

  @Test
  void equalTokensAtTheLimitAreKeptFromTheLowestId() {
    Candidates candidates = candidates(new float[] {1, 1, 2, -0f, 1, 0, 1});
    candidates.keepTop(3);
    assertThat(candidates.ids()).containsExactly(0, 1, 2);

    Candidates zeros = candidates(new float[] {0, -0f, 0});
    zeros.keepTop(2);
    assertThat(zeros.ids()).containsExactly(0, 1);
  }

  @Test
  void aShareThatIsReachedExactlyIsEnough() {
    Candidates candidates = candidates(new float[] {5, 5, 5, 5});
    candidates.keepMass(0.5);

    assertThat(candidates.ids()).containsExactly(0, 1);
  }

  @Test
  void theMostProbableTokenIsAlwaysKept() {
    Candidates candidates = candidates(new float[] {0, 9, 0});
    candidates.keepMass(1e-12);
    candidates.keepTop(1);
    candidates.keepAtLeast(1);

    assertThat(candidates.ids()).containsExactly(1);
  }

  @Test
  void topPCountsOnlyWhatTopKLeft() {
    Candidates candidates = candidates(new float[] {3, 3, 3, 3, 0, 0, 0, 0});
    candidates.keepTop(2);
    candidates.keepMass(0.5);

    assertThat(candidates.ids()).containsExactly(0);
  }

  @Test
  void theEndsOfTheUnitIntervalDrawTheFirstAndTheLastPossibleToken() {
    float forbidden = Float.NEGATIVE_INFINITY;
    float[] logits = new float[5000];
    Arrays.fill(logits, forbidden);
    Arrays.fill(logits, 30, 1040, 0.1f);
    Candidates candidates = candidates(logits);

    assertThat(candidates.draw(0)).isEqualTo(30);
    assertThat(candidates.draw(Math.nextDown(1.0))).isEqualTo(1039);
  }

  /** Rows with many equal logits, few, or none, some forbidden; of one block and of several. */
  @Provide
  Arbitrary<float[]> rows() {
    Arbitrary<Integer> size = Arbitraries.of(1, 2, 7, 40, 1024, 5000);
    Arbitrary<Integer> steps = Arbitraries.of(2, 20, 1 << 24);
    Arbitrary<Float> spread = Arbitraries.of(0.01f, 1f, 8f);
    return Combinators.combine(size, steps, spread, Arbitraries.longs()).as(CandidatesTest::row);
  }

  private static float[] row(int size, int steps, float spread, long seed) {
    Random random = new Random(seed);
    float[] logits = new float[size];
    for (int i = 0; i < size; i++) {
      double gaussian = Math.max(-5, Math.min(5, random.nextGaussian()));
      logits[i] = spread * Math.round(gaussian * steps) / steps;
      if (i > 0 && random.nextInt(10) == 0) {
        logits[i] = Float.NEGATIVE_INFINITY;
      }
    }
    return logits;
  }

  private static Candidates candidates(float[] logits) {
    Candidates candidates = new Candidates(logits.length);
    candidates.reset(logits, 1);
    return candidates;
  }

  private static List<Integer> ranking(float[] logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -(logits[i] + 0.0)).thenComparing(i -> i))
        .toList();
  }

  private static int[] prefixOfRanking(float[] logits, int count) {
    return ranking(logits).stream().limit(count).mapToInt(i -> i).sorted().toArray();
  }

  private static int naiveNucleus(float[] logits, double share) {
    double max = logits[Logits.peak(logits)];
    double total =
        DoubleStream.iterate(0, i -> i < logits.length, i -> i + 1)
            .map(i -> Math.exp(logits[(int) i] - max))
            .sum();
    double mass = 0;
    int count = 0;
    for (int id : ranking(logits)) {
      mass += Math.exp(logits[id] - max) / total;
      count++;
      assumeNoTie(mass, share);
      if (mass >= share) {
        return count;
      }
    }
    throw new AssertionError("the whole vocabulary has less than " + share);
  }

  /** Where the exact value and the limit are this close, rounding decides. */
  private static void assumeNoTie(double value, double limit) {
    Assume.that(Math.abs(value - limit) > 2e-6 * limit);
  }
}
