package dev.splitreason.core.sampling;

import java.util.Arrays;

/**
 * The tokens that may still be drawn, in the order of their ids, with their scores and unnormalised
 * probabilities; cut down step by step, then drawn from. Reusable; not thread-safe.
 */
final class Candidates {

  private final int[] ids;
  private final float[] scores;
  private final float[] weights;
  private final int[] whole = new int[Logits.BLOCK];
  private final double[] blockSums;
  private final RankingCut cut = new RankingCut();
  private int size;

  Candidates(int vocabulary) {
    ids = new int[vocabulary];
    scores = new float[vocabulary];
    weights = new float[vocabulary];
    blockSums = new double[(vocabulary + Logits.BLOCK - 1) / Logits.BLOCK];
  }

  /** Begins with the whole vocabulary at a temperature above 0. */
  void reset(float[] logits, double temperature) {
    size = logits.length;
    float max = logits[Logits.peak(logits)];
    float rate = Logits.rate(temperature);
    System.arraycopy(logits, 0, weights, 0, size);
    for (int from = 0; from < size; from += Logits.BLOCK) {
      int to = Math.min(from + Logits.BLOCK, size);
      Logits.exp(weights, from, to, max, rate, whole);
    }
    System.arraycopy(logits, 0, scores, 0, size);
    for (int i = 0; i < size; i++) {
      ids[i] = i;
    }
  }

  /** Keeps the {@code k} most probable; of equals at the limit, those with the lowest ids. */
  void keepTop(int k) {
    if (k >= size) {
      return;
    }
    dropBelow(scores, floorOfTop(k));
    cut.find(scores, weights, size, k, Double.POSITIVE_INFINITY);
    keepAdmitted();
  }

  /** Keeps the smallest set of most probable tokens whose share of what is left reaches this. */
  void keepMass(double share) {
    double total = Logits.sum(weights, 0, size);
    // Tokens this improbable have less than 1 - share together, so the others have enough.
    dropBelow(weights, (1 - share) * total / size);
    cut.find(scores, weights, size, Integer.MAX_VALUE, share * total);
    keepAdmitted();
  }

  /** Keeps what is at least this share as probable as the most probable token. */
  void keepAtLeast(double share) {
    dropBelow(weights, share); // the most probable token's weight is 1
  }

  /**
   * Draws by inverting the cumulative distribution.
   *
   * @param uniform in [0, 1)
   * @return a token's id, never one of probability 0
   */
  int draw(double uniform) {
    double total = 0;
    int blocks = 0;
    for (int from = 0; from < size; from += Logits.BLOCK) {
      double sum = Logits.sum(weights, from, Math.min(from + Logits.BLOCK, size));
      blockSums[blocks++] = sum;
      total += sum;
    }
    double left = uniform * total;
    int block = 0;
    while (block < blocks - 1 && left >= blockSums[block]) {
      left -= blockSums[block++];
    }
    int i = block * Logits.BLOCK;
    for (; i < size; i++) {
      left -= weights[i];
      if (left < 0) {
        return ids[i];
      }
    }
    // Rounding left a crumb: it belongs to the last token that has a probability.
    do {
      i--;
    } while (weights[i] == 0);
    return ids[i];
  }

  /**
   * A score that at least {@code k} tokens reach: as many blocks have a maximum that does. Few
   * other tokens do, so that the exact cut has little to look at.
   */
  private float floorOfTop(int k) {
    int blocks = size / Logits.BLOCK;
    if (k > blocks) {
      return Float.NEGATIVE_INFINITY;
    }
    float[] maxima = new float[blocks];
    for (int block = 0; block < blocks; block++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = block * Logits.BLOCK; i < (block + 1) * Logits.BLOCK; i++) {
        max = Math.max(max, scores[i]);
      }
      maxima[block] = max;
    }
    Arrays.sort(maxima);
    return maxima[blocks - k];
  }

  private void dropBelow(float[] measure, double floor) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (measure[i] >= floor) {
        move(i, kept++);
      }
    }
    size = kept;
  }

  private void keepAdmitted() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (cut.admits(scores[i])) {
        move(i, kept++);
      }
    }
    size = kept;
  }

  private void move(int from, int to) {
    ids[to] = ids[from];
    scores[to] = scores[from];
    weights[to] = weights[from];
  }

  /** The ids left, ascending. */
  int[] ids() {
    return Arrays.copyOf(ids, size);
  }
}
