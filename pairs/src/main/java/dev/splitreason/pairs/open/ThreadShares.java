package dev.splitreason.pairs.open;

/**
 * How two models divide the cores of a machine. Two engines that compute at the same time with more
 * threads than cores stand in each other's way at every barrier and fall to a few tokens a second,
 * so in pipelined mode each has cores of its own.
 *
 * @param small CPU threads of the small model, at least 1
 * @param large CPU threads of the large model, at least 1
 */
public record ThreadShares(int small, int large) {

  /**
   * Weights that make a further thread worthwhile. Threads meet after every layer's parts: with
   * less to compute in between they mostly wait for each other, and on a busy machine for the
   * scheduler. The bundled large model (1.8 MiB) wrote 187 tokens a second with one thread and 2
   * with two while other work kept both cores busy.
   */
  private static final long BYTES_PER_THREAD = 16L << 20;

  /** Half of the cores each, the odd one for the large model. */
  public static ThreadShares sideBySide(int cores) {
    int small = Math.max(1, cores / 2);
    return new ThreadShares(small, Math.max(1, cores - small));
  }

  /** All cores for either: they take turns. */
  public static ThreadShares inTurn(int cores) {
    return new ThreadShares(Math.max(1, cores), Math.max(1, cores));
  }

  /** These shares, but no more threads than files of that size can use. */
  public ThreadShares forWeights(long smallBytes, long largeBytes) {
    return new ThreadShares(useful(small, smallBytes), useful(large, largeBytes));
  }

  /** No more threads of a share than weights of that size can use, and at least one. */
  static int useful(int share, long bytes) {
    return Math.clamp(bytes / BYTES_PER_THREAD, 1, share);
  }
}
