package dev.splitreason.core.policy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.TurnTaking.LastEnd;

/**
 * SpecReason (arXiv 2504.07891): the (base) small model drafts each step, the large one judges it,
 * and writes it anew where it finds it poor.
 *
 * <p>The paper asks the large model in words for a grade of 0 to 9. Here the judgement is what its
 * one pass over the draft tells anyway, and what a model that follows no instructions has too: the
 * mean surprise, the negative log-probability of the draft's tokens.
 *
 * @param threshold mean surprise in nats a token, finite and not negative, above which a step is
 *     written anew
 */
public record StepScoring(double threshold) implements Policy {

  /** As {@link Policy#parse} reads it. */
  static final String NAME = "judged";

  public StepScoring {
    if (!(threshold >= 0 && threshold <= Double.MAX_VALUE)) {
      throw new UserMistake(
          "the policy judged needs a finite threshold of at least 0 nats, not " + threshold);
    }
  }

  @Override
  public Needs needs() {
    return new Needs(false, false, true);
  }

  @Override
  public String label() {
    return NAME + ":" + threshold;
  }

  /** The turns of one answer. */
  TurnTaking turns(OffloadBudget budget, int spanCap) {
    return progress -> {
      if (progress.lastEnd() == LastEnd.REJECTED) {
        return Turn.Large.within(budget, spanCap, progress).until(new Until.Step());
      }
      Turn.Small step = Turn.Small.alone(progress.remaining()).until(new Until.Step());
      return budget.hasRoom(progress)
          ? new Turn.Draft(step, new Turn.Judge.OfLarge(threshold))
          : step;
    };
  }
}
