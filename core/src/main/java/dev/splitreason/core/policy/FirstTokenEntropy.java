package dev.splitreason.core.policy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.TurnTaking.LastEnd;

/**
 * GlimpRouter (arXiv 2601.05110): the large model writes a whole step where the (base) small model
 * is uncertain of the step's first token.
 *
 * <p>A step is a line here, where the paper takes a paragraph: a chain of short lines has as many
 * steps as it has places to go wrong.
 *
 * @param threshold entropy of the first token in nats, finite and not negative, above which the
 *     step is the large model's
 */
public record FirstTokenEntropy(double threshold) implements Policy {

  /** As {@link Policy#parse} reads it. */
  static final String NAME = "glimpse";

  public FirstTokenEntropy {
    if (!(threshold >= 0 && threshold <= Double.MAX_VALUE)) {
      throw new UserMistake(
          "the policy glimpse needs a finite threshold of at least 0 nats, not " + threshold);
    }
  }

  @Override
  public Needs needs() {
    return new Needs(true, false, false);
  }

  @Override
  public String label() {
    return NAME + ":" + threshold;
  }

  /** The turns of one answer. */
  TurnTaking turns(OffloadBudget budget, int spanCap) {
    return progress -> {
      if (progress.lastEnd() == LastEnd.UNCERTAIN) {
        return Turn.Large.within(budget, spanCap, progress).until(new Until.Step());
      }
      boolean begins = progress.atStart() || progress.lastEnd() == LastEnd.BORDER;
      return begins && budget.hasRoom(progress)
          ? new Turn.Small(1, false, threshold, new Until.Step())
          : Turn.Small.alone(progress.remaining()).until(new Until.Step());
    };
  }
}
