package dev.splitreason.cli.models;

/**
 * How two models divide the cores of a machine. Two engines that compute at the same time with more
 * threads than cores stand in each other's way at every barrier and fall to a few tokens a second,
 * so in pipelined mode each has cores of its own.
 *
 * @param small CPU threads of the small model, at least 1
 * @param large CPU threads of the large model, at least 1
 */
public record ThreadShares(int small, int large) {

  /** Half of the cores each, the odd one for the large model. */
  public static ThreadShares sideBySide(int cores) {
    int small = Math.max(1, cores / 2);
    return new ThreadShares(small, Math.max(1, cores - small));
  }

  /** All cores for either: they take turns. */
  public static ThreadShares inTurn(int cores) {
    return new ThreadShares(Math.max(1, cores), Math.max(1, cores));
  }
}
