package dev.splitreason.core.batch;

import java.util.function.LongSupplier;

/**
 * How many of the sessions that decode go into a batch together, by what batches were seen to cost.
 * Mostly all of them: a pass reads the weights once for all. But on a CPU a batch of two or three
 * tokens may cost more than as many passes of one, since matrices are then multiplied another way.
 *
 * <p>Works on the times of batches by their size. Sizes are learned as they come; one that was not
 * the best is tried again now and then, ever more rarely where that tells nothing new. Not
 * thread-safe.
 */
final class DecodeShape {

  /** A smaller batch must be faster by this, since in a larger one nobody waits for the next. */
  private static final double WORTHWHILE = 1.05;

  private static final long SHORTEST_PAUSE = 1_000_000_000L;
  private static final long LONGEST_PAUSE = 60_000_000_000L;

  private final LongSupplier clock;
  private final double[] seconds;
  private long lastTrial;
  private long pause = SHORTEST_PAUSE;
  private int trialSize;

  /**
   * A shape of which nothing is known.
   *
   * @param most sessions
   * @param clock in nanoseconds
   */
  DecodeShape(int most, LongSupplier clock) {
    this.seconds = new double[most + 1];
    this.clock = clock;
    this.lastTrial = clock.getAsLong();
  }

  /** How many of so many sessions, at least 1, go into the next batch. */
  int choose(int ready) {
    trialSize = 0;
    if (seconds[ready] == 0) {
      return ready;
    }
    int best = best(ready);
    for (int size = 1; size < ready; size *= 2) {
      if (seconds[size] == 0) {
        return tried(size);
      }
    }
    if (clock.getAsLong() - lastTrial < pause) {
      return best;
    }
    // One after the other of those that are not the best.
    int another = best == ready ? Integer.highestOneBit(ready - 1 | 1) : ready;
    return another == best || another > ready ? best : tried(another);
  }

  /** Takes note of how long a batch of decodes alone took. */
  void took(int size, double time) {
    boolean trial = size == trialSize;
    int before = best(size);
    seconds[size] = seconds[size] == 0 || trial ? time : (seconds[size] + time) / 2;
    if (trial) {
      pause = best(size) == before ? Math.min(LONGEST_PAUSE, 2 * pause) : SHORTEST_PAUSE;
    }
  }

  private int tried(int size) {
    trialSize = size;
    lastTrial = clock.getAsLong();
    return size;
  }

  /** The size that gives the most tokens a second, as far as sizes are known. */
  private int best(int ready) {
    int best = ready;
    for (int size = Integer.highestOneBit(ready); size >= 1; size /= 2) {
      if (seconds[size] > 0 && rate(size) > WORTHWHILE * rate(best)) {
        best = size;
      }
    }
    return best;
  }

  private double rate(int size) {
    return seconds[size] == 0 ? 0 : size / seconds[size];
  }
}
