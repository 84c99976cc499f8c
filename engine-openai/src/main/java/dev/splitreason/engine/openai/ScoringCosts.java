package dev.splitreason.engine.openai;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What looking at a run of tokens was seen to cost on one server, by the length of the sequence
 * before it, either way; says which way to take next. It knows nothing of how a look is made.
 * Thread-safe.
 *
 * <p>A length that was not measured yet costs what the nearest one did. The way in use is measured
 * with each look, so the other one gets its turn as soon as it would be cheaper; besides it is
 * tried once in a while, more rarely the dearer it was.
 */
final class ScoringCosts {

  /** How a run can be looked at. */
  enum Way {
    /** The server tells the probabilities of the whole prompt, which it computes anew for that. */
    WHOLE_PROMPT,
    /** One request for a token after each prefix of the run: rides on the server's prefix cache. */
    EACH_PREFIX
  }

  /** The share of time that goes into trying the dearer way is about one in this many. */
  private static final int TRIES = 32;

  /** How much a new measurement counts beside the older ones, once there are a few. */
  private static final double NEWEST = 0.3;

  /** A measurement counts no more than so many times what was seen before: servers stall. */
  private static final double STALL = 2;

  private final Map<Integer, Lane> byRun = new HashMap<>();

  /** The way to look at a run of so many tokens after so many. */
  synchronized Way next(int context, int run) {
    Lane lane = lane(run);
    int at = halfOctave(context);
    Double whole = lane.seconds(Way.WHOLE_PROMPT, at);
    Double each = lane.seconds(Way.EACH_PREFIX, at);
    if (whole == null) {
      return Way.WHOLE_PROMPT;
    }
    if (each == null) {
      return Way.EACH_PREFIX;
    }
    boolean wholeIsCheaper = whole <= each;
    double ratio = wholeIsCheaper ? each / whole : whole / each;
    boolean tries = lane.looksSinceTry(at) >= TRIES * ratio;
    if (tries) {
      lane.startAgain(at);
    }
    return wholeIsCheaper == tries ? Way.EACH_PREFIX : Way.WHOLE_PROMPT;
  }

  /** Takes note of what a look took. */
  synchronized void took(Way way, int context, int run, double seconds) {
    lane(run).learn(way, halfOctave(context), seconds);
  }

  private Lane lane(int run) {
    return byRun.computeIfAbsent(halfOctave(run) / 2, octave -> new Lane());
  }

  private static int halfOctave(int tokens) {
    return (int) Math.round(2 * Math.log(Math.max(1, tokens)) / Math.log(2));
  }

  /** What is known of runs of about one length. */
  private static final class Lane {

    /** A mean that forgets. */
    private record Seconds(double mean, int count) {
      Seconds with(double seconds) {
        double counted = Math.min(seconds, STALL * mean);
        double weight = Math.max(NEWEST, 1.0 / (count + 1));
        return new Seconds(mean + weight * (counted - mean), count + 1);
      }
    }

    private final Map<Way, NavigableMap<Integer, Seconds>> seen = new EnumMap<>(Way.class);
    private final Map<Integer, Integer> looks = new HashMap<>();

    Lane() {
      for (Way way : Way.values()) {
        seen.put(way, new TreeMap<>());
      }
    }

    /** What a look costs as far as is known; the shorter of two lengths equally near. */
    @Nullable Double seconds(Way way, int at) {
      NavigableMap<Integer, Seconds> measured = of(way);
      var below = measured.floorEntry(at);
      var above = measured.ceilingEntry(at);
      if (below == null) {
        return above == null ? null : Double.valueOf(above.getValue().mean());
      }
      boolean nearer = above != null && above.getKey() - at < at - below.getKey();
      return (nearer ? above : below).getValue().mean();
    }

    int looksSinceTry(int at) {
      return looks.merge(at, 1, Integer::sum);
    }

    void startAgain(int at) {
      looks.put(at, 0);
    }

    void learn(Way way, int at, double seconds) {
      of(way)
          .compute(
              at, (key, known) -> known == null ? new Seconds(seconds, 1) : known.with(seconds));
    }

    private NavigableMap<Integer, Seconds> of(Way way) {
      return seen.computeIfAbsent(way, key -> new TreeMap<>());
    }
  }
}
