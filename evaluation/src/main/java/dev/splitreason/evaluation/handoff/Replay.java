package dev.splitreason.evaluation.handoff;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.TokenTime;
import dev.splitreason.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * One answer by one way of decoding.
 *
 * @param times of the kept tokens
 * @param discarded tokens that the large model wrote in vain
 * @param small what went through the small model
 * @param large what went through the large model
 */
public record Replay(List<TokenTime> times, int discarded, Passes small, Passes large) {

  static Replay of(Trace trace, Passes small, Passes large) {
    if (trace.degraded()) {
      throw new IllegalStateException("the large model failed: " + trace.degradedBecause());
    }
    return new Replay(trace.tokenTimes(), trace.usage().discardedTokens(), small, large);
  }

  /** From the first token to the last, so that the prompt, which all have to read, is left out. */
  double seconds() {
    return times.getLast().seconds() - times.getFirst().seconds();
  }

  /** The median time from one token to the next. */
  double step() {
    List<Double> steps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      steps.add(times.get(i).seconds() - times.get(i - 1).seconds());
    }
    steps.sort(null);
    return steps.get(steps.size() / 2);
  }

  /** From the open tag to the large model's first token. */
  List<Double> toLarge() {
    return handOffs(Author.SMALL, 0);
  }

  /** From the large model's last kept token to the small one's first behind the close tag. */
  List<Double> toSmall() {
    return handOffs(Author.LARGE, 1);
  }

  private List<Double> handOffs(Author from, int tags) {
    List<Double> found = new ArrayList<>();
    for (int i = 0; i + 1 + tags < times.size(); i++) {
      if (times.get(i).author() == from && times.get(i + 1).author() != from) {
        found.add(times.get(i + 1 + tags).seconds() - times.get(i).seconds());
      }
    }
    return found;
  }
}
