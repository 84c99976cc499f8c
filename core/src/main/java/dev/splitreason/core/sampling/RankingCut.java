package dev.splitreason.core.sampling;

import java.util.Arrays;

/**
 * Where to cut a ranking so that the top part is the smallest one with enough members or enough
 * mass. Found by radix selection: three counting passes over the bits of the scores, so the time is
 * linear whatever the scores are, and nothing is sorted.
 */
final class RankingCut {

  private static final int[] SHIFTS = {21, 10, 0};
  private static final int[] WIDTHS = {11, 11, 10};

  private final int[] counts = new int[1 << 11];
  private final double[] masses = new double[1 << 11];
  private int key;
  private int ties;

  /**
   * Finds the cut: the top part ends with the member that makes it {@code count} strong or brings
   * its mass to {@code mass}, whichever is first, or with the last one.
   *
   * @param scores what is ranked, shape [size]
   * @param weights the mass of each, equal for equal scores
   */
  void find(float[] scores, float[] weights, int size, int count, double mass) {
    int prefix = 0;
    int missingCount = count;
    double missingMass = mass;
    int bucket = 0;
    for (int level = 0; level < SHIFTS.length; level++) {
      histogram(scores, weights, size, level, prefix);
      bucket = (1 << WIDTHS[level]) - 1;
      while (bucket > 0 && counts[bucket] < missingCount && masses[bucket] < missingMass) {
        missingCount -= counts[bucket];
        missingMass -= masses[bucket];
        bucket--;
      }
      prefix = prefix << WIDTHS[level] | bucket;
    }
    key = prefix;
    // All in the last bucket have the same score: as many of them stay as are still missing.
    double each = masses[bucket] / Math.max(1, counts[bucket]);
    ties = Math.max(1, Math.min(missingCount, (int) Math.ceil(missingMass / each)));
  }

  /**
   * Whether this score is in the top part. To be asked once for each score, in order: of equal
   * scores at the cut, the first ones are in.
   */
  boolean admits(float score) {
    int order = Integer.compareUnsigned(key(score), key);
    return order > 0 || (order == 0 && ties-- > 0);
  }

  private void histogram(float[] scores, float[] weights, int size, int level, int prefix) {
    Arrays.fill(counts, 0);
    Arrays.fill(masses, 0);
    int shift = SHIFTS[level];
    int mask = (1 << WIDTHS[level]) - 1;
    long above = level == 0 ? 0 : prefix;
    int aboveShift = shift + WIDTHS[level];
    for (int i = 0; i < size; i++) {
      long unsignedKey = Integer.toUnsignedLong(key(scores[i]));
      if (unsignedKey >>> aboveShift == above) {
        int bucket = (int) (unsignedKey >>> shift) & mask;
        counts[bucket]++;
        masses[bucket] += weights[i];
      }
    }
  }

  /** A score's bits, turned so that their unsigned order is the scores' order. */
  private static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0f); // makes -0 a 0, to which it is equal
    return bits ^ (bits >> 31 | 0x80000000);
  }
}
