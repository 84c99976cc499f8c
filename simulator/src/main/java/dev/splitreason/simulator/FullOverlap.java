package dev.splitreason.simulator;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.outline.OutlineTurn;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.Pass;
import dev.splitreason.simulator.profile.PassTime;

/**
 * The least time split decoding can take: both models write what they write, one after the other,
 * and everything else (the large model's prefill, probes, hand-offs, dropped tokens) is hidden or
 * free. With rates alone: prompt / small prefill + small tokens / small rate + large tokens / large
 * rate.
 */
final class FullOverlap {

  private FullOverlap() {}

  /** Seconds for an answer that splits as the outline says. */
  static double seconds(PairProfile profile, Outline outline) {
    PassTime small = profile.small().time();
    int context = outline.promptTokens();
    double seconds =
        small.seconds(new Pass(1, context, context, 0, Pass.pairs(context, 0)))
            - small.seconds(Pass.decode(1, context));
    for (int i = 0; i < outline.turns().size(); i++) {
      OutlineTurn turn = outline.turns().get(i);
      PassTime author = turn.author() == Author.SMALL ? small : profile.large().time();
      for (int token = 0; token < outline.decoded(i); token++) {
        seconds += author.seconds(Pass.decode(1, context + token));
      }
      context += turn.text();
    }
    return seconds;
  }
}
