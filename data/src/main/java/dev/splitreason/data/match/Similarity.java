package dev.splitreason.data.match;

/** How alike a snippet and a stretch of text are, in 0 … 1: {@code 1 - edits / snippet length}. */
final class Similarity {

  /**
   * Snippets of fewer comparable units must be there unaltered: a text of a few thousand units
   * holds something similar to anything that short.
   */
  static final int SHORTEST_ALTERED = 8;

  private Similarity() {}

  static double of(int edits, int length) {
    return 1 - (double) edits / length;
  }

  /** The most edits with which a snippet of {@code length} units still reaches the threshold. */
  static int mostEdits(int length, double threshold) {
    if (length < SHORTEST_ALTERED) {
      return 0;
    }
    int edits = (int) ((1 - threshold) * length) + 1;
    while (edits > 0 && of(edits, length) < threshold) {
      edits--;
    }
    return edits;
  }
}
