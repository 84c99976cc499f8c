package dev.splitreason.core.split;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far the large model may write ahead of the small one's next look, which fits the spans of an
 * answer. A look costs a pass of the small model, and the large one may wait for it; whatever is
 * written beyond the close costs steps of the large model. As long as no span has been so long, the
 * first look comes after one token, and each next one when the span is twice as long. Else the next
 * look comes where it costs least for each token that is kept, if the span is like those before.
 *
 * <p>Decides nothing but costs: where a span closes does not depend on when one looks. Thread-safe.
 */
final class Looks {

  /** What a discarded token costs, in looks. */
  private static final double DISCARDED = 2;

  /** How many spans are remembered: they change as an answer goes on. */
  private static final int REMEMBERED = 16;

  private final int most;
  private final Deque<Integer> lengths = new ArrayDeque<>();

  /**
   * The looks of an answer.
   *
   * @param most tokens from one look to the next
   */
  Looks(int most) {
    this.most = most;
  }

  /**
   * Tokens from the last look to the next one.
   *
   * @param looked tokens of the span that the small model has looked at
   */
  synchronized int next(int looked) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 1; step <= most; step++) {
      double cost = costPerToken(looked, step);
      if (cost < least) {
        best = step;
        least = cost;
      }
    }
    return best > 0 ? best : Math.clamp(looked, 1, most);
  }

  /** A span has ended, of which so many tokens were kept. */
  synchronized void ended(int length) {
    lengths.addLast(length);
    if (lengths.size() > REMEMBERED) {
      lengths.removeFirst();
    }
  }

  /** Infinite if no span was longer than what has been looked at. */
  private double costPerToken(int looked, int step) {
    int end = looked + step;
    int longer = 0;
    int kept = 0;
    int discarded = 0;
    for (int length : lengths) {
      if (length > looked) {
        longer++;
        kept += Math.min(length, end) - looked;
        discarded += Math.max(0, end - length);
      }
    }
    return longer == 0 ? Double.POSITIVE_INFINITY : (longer + DISCARDED * discarded) / kept;
  }
}
