package dev.splitreason.simulator.answer;

import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.server.ServedSequence;
import dev.splitreason.simulator.server.ServerPool;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** One of the two models, as one answer uses it: its sequence, and what it has cost so far. */
final class Side {

  private final ModelProfile profile;
  private final ServerPool pool;
  private final LatencyPart prefillPart;
  private final LatencyPart decodePart;

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean entering;
  private boolean left;
  private ServerPool.@Nullable Place place;
  private int missing;

  private long decoded;
  private long discarded;
  private long prefilled;
  private double decodeSeconds;
  private double discardedSeconds;
  private double prefillSeconds;
  private double probeSeconds;

  Side(ModelProfile profile, ServerPool pool, LatencyPart prefillPart, LatencyPart decodePart) {
    this.profile = profile;
    this.pool = pool;
    this.prefillPart = prefillPart;
    this.decodePart = decodePart;
  }

  ModelProfile profile() {
    return profile;
  }

  LatencyPart prefillPart() {
    return prefillPart;
  }

  LatencyPart decodePart() {
    return decodePart;
  }

  /** Gets a place for a sequence of so many tokens, unless there is one, and goes on then. */
  void enter(int tokens, Runnable then) {
    if (place != null) {
      then.run();
      return;
    }
    waiting.add(then);
    if (entering) {
      return;
    }
    entering = true;
    pool.enter(
        tokens,
        free -> {
          if (left) {
            free.leave();
            return;
          }
          place = free;
          waiting.forEach(Runnable::run);
          waiting.clear();
        });
  }

  /** Gives the place back. */
  void leave() {
    left = true;
    if (place != null) {
      place.leave();
    }
  }

  /** Text has been written that this model will have to prefill. */
  void misses(int tokens) {
    missing += tokens;
  }

  /** Tokens this model has not seen yet. */
  int missing() {
    return missing;
  }

  /** Prefills what is missing, at least 1 token, behind everything that is waited for. */
  void catchUp(Runnable then) {
    int tokens = takeMissing();
    sequence()
        .prefillInBackground(
            tokens,
            work -> {
              prefilled += tokens;
              prefillSeconds += work.prefillSeconds();
              then.run();
            });
  }

  /**
   * Prefills what is missing and writes a token.
   *
   * @param keep whether the token will be kept
   * @param then gets the seconds that writing it alone took
   */
  void decodeOne(boolean keep, DoubleConsumer then) {
    int tokens = takeMissing();
    sequence()
        .prefillAndDecode(
            tokens,
            work -> {
              prefilled += tokens;
              prefillSeconds += work.prefillSeconds();
              wrote(1, keep, work.decodeSeconds());
              then.accept(work.lastStepSeconds());
            });
  }

  /** Writes tokens; nothing may be missing. */
  void decode(int tokens, boolean keep, Runnable then) {
    sequence()
        .decode(
            tokens,
            work -> {
              wrote(tokens, keep, work.decodeSeconds());
              then.run();
            });
  }

  /**
   * Reads tokens of a span and tells, for each place in it, whether it closes there.
   *
   * @param read tokens to read
   * @param kept how many of them will be kept
   */
  void probe(int read, int kept, SpanProbe how, Runnable then) {
    int tokens = read + takeMissing();
    sequence()
        .prefill(
            tokens,
            work -> {
              prefilled += tokens;
              probeSeconds += work.prefillSeconds();
              switch (how) {
                case SpanProbe.OnePass() -> drop(read - kept, then);
                case SpanProbe.Continuations(int length) ->
                    writeContinuations(length * Math.min(kept + 1, read), read - kept, then);
              }
            });
  }

  private void writeContinuations(int tokens, int unread, Runnable then) {
    sequence()
        .decode(
            tokens,
            work -> {
              discarded += tokens;
              probeSeconds += work.decodeSeconds();
              drop(tokens + unread, then);
            });
  }

  private void drop(int tokens, Runnable then) {
    sequence().drop(tokens);
    then.run();
  }

  /** Drops the last tokens, which were prefilled for nothing. */
  void forget(int tokens) {
    sequence().drop(tokens);
  }

  /** What the answer took of this model. */
  ModelCost cost() {
    return new ModelCost(
        decoded,
        discarded,
        prefilled,
        decodeSeconds,
        discardedSeconds,
        prefillSeconds,
        probeSeconds);
  }

  private void wrote(int tokens, boolean keep, double seconds) {
    if (keep) {
      decoded += tokens;
      decodeSeconds += seconds;
      return;
    }
    discarded += tokens;
    discardedSeconds += seconds;
    sequence().drop(tokens);
  }

  private int takeMissing() {
    int tokens = missing;
    missing = 0;
    return tokens;
  }

  private ServedSequence sequence() {
    if (place == null) {
      throw new IllegalStateException("no place on " + profile.name() + " yet");
    }
    return place.sequence();
  }
}
