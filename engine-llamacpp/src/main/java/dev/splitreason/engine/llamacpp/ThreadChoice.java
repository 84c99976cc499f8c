package dev.splitreason.engine.llamacpp;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How many threads the batches of one model are worth, learned from how long they took. A further
 * thread hardly helps a batch of few tokens, which is bound by memory; it halves the time of a
 * prefill; and it costs time where another process keeps a core busy, since the threads of a batch
 * wait for each other at every step.
 *
 * <p>Works on the times of batches by their number of tokens and threads. Once many batches of a
 * size have come, another number of threads is tried on one of them now and then: soon where their
 * time changed, ever more rarely where the trial told nothing new. Not thread-safe.
 */
final class ThreadChoice {

  /** Time that a further thread must save to be taken where nobody else can use it. */
  private static final double WORTHWHILE = 0.95;

  /** The same where another model can. */
  private static final double WORTHWHILE_CONTENDED = 0.8;

  /** A change of a size's time by which others are worth another trial. */
  private static final double CHANGED = 1.4;

  /** Batches of a size after which the first trial is worth its time. */
  private static final int BEFORE_TRIALS = 2;

  private static final long SHORTEST_PAUSE = 500_000_000L;
  private static final long LONGEST_PAUSE = 30_000_000_000L;

  /** Sizes up to this one are told apart; above it, those between two powers of 2 are one. */
  private static final int SMALL = 8;

  private static final int SIZES = SMALL + 14;

  private final int[] options;
  private final LongSupplier clock;
  private final Size[] sizes = new Size[SIZES];

  /**
   * A choice up to a number of threads.
   *
   * @param clock in nanoseconds
   */
  ThreadChoice(int most, LongSupplier clock) {
    this.options = options(most);
    this.clock = clock;
    Arrays.setAll(sizes, index -> new Size());
  }

  /** 1 and its doubles, and the most. */
  private static int[] options(int most) {
    int doubles = 32 - Integer.numberOfLeadingZeros(most);
    int[] options = new int[(most & (most - 1)) == 0 ? doubles : doubles + 1];
    Arrays.setAll(options, index -> Math.min(most, 1 << index));
    return options;
  }

  /** What is known of batches of about the same number of tokens, by index of the option. */
  private final class Size {
    final double[] perToken = new double[options.length];
    final double[] bestWhenTried = new double[options.length];
    int batches;
    long pause = SHORTEST_PAUSE;
    long lastTrial;
  }

  /** The threads that a batch should have, whatever else could use them. */
  int worth(int tokens, int most) {
    return options[best(sizes[index(tokens)], last(most), true)];
  }

  /**
   * The threads for a batch, another number than the best so far where that is worth a trial.
   *
   * @param most of them, at least 1
   * @param contended whether others can use what the batch leaves
   */
  int choose(int tokens, int most, boolean contended) {
    Size size = sizes[index(tokens)];
    int last = last(most);
    int best = best(size, last, contended);
    // A trial of more threads would take them from others.
    int trial = size.batches < BEFORE_TRIALS ? -1 : trial(size, best, contended ? best : last);
    return options[trial < 0 ? best : trial];
  }

  /** Takes note of how long a batch took. */
  void took(int tokens, int threads, double seconds) {
    int option = Arrays.binarySearch(options, threads);
    if (option < 0) {
      return;
    }
    Size size = sizes[index(tokens)];
    double perToken = seconds / tokens;
    double known = size.perToken[option];
    int before = best(size, options.length - 1, false);
    // A trial may come long after the last one.
    boolean trial = option != before;
    size.perToken[option] = known == 0 || trial ? perToken : (known + perToken) / 2;
    size.batches++;
    if (trial) {
      boolean changed = best(size, options.length - 1, false) != before;
      size.pause = changed ? SHORTEST_PAUSE : Math.min(LONGEST_PAUSE, 4 * size.pause);
    }
  }

  /** Seconds of a batch at its best number of threads so far; 0 if that is not known. */
  double seconds(int tokens) {
    Size size = sizes[index(tokens)];
    return size.perToken[best(size, options.length - 1, false)] * tokens;
  }

  private int last(int most) {
    int last = options.length - 1;
    while (last > 0 && options[last] > most) {
      last--;
    }
    return last;
  }

  /** The option that is known to be the best; the most threads as long as nothing is known. */
  private static int best(Size size, int last, boolean contended) {
    int best = -1;
    for (int option = 0; option <= last; option++) {
      double time = size.perToken[option];
      double worth = contended ? WORTHWHILE_CONTENDED : WORTHWHILE;
      if (time > 0 && (best < 0 || time < worth * size.perToken[best])) {
        best = option;
      }
    }
    return best < 0 ? last : best;
  }

  /** Another option that is worth a trial; -1 for none. */
  private int trial(Size size, int best, int last) {
    long pause = clock.getAsLong() - size.lastTrial;
    double now = size.perToken[best];
    for (int option : new int[] {best - 1, best + 1}) {
      if (option < 0 || option > last) {
        continue;
      }
      double then = size.bestWhenTried[option];
      boolean changed = now > CHANGED * then || then > CHANGED * now;
      if (then == 0 || pause >= (changed ? SHORTEST_PAUSE : size.pause)) {
        size.bestWhenTried[option] = now;
        size.lastTrial = clock.getAsLong();
        return option;
      }
    }
    return -1;
  }

  private static int index(int tokens) {
    return tokens <= SMALL
        ? tokens - 1
        : Math.min(SIZES - 1, SMALL + 31 - Integer.numberOfLeadingZeros((tokens - 1) / SMALL));
  }
}
