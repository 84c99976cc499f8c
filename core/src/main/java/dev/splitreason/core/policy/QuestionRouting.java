package dev.splitreason.core.policy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.policy.TurnTaking.Progress;

/**
 * RouteLLM (arXiv 2406.18665): each question goes as a whole to one of the models. Where the paper
 * trains a classifier, the (base) small model's own uncertainty decides here: the mean entropy of
 * the first tokens that it writes.
 *
 * @param threshold mean entropy in nats, finite and not negative, above which the large model
 *     answers
 * @param tokens how many first tokens are looked at, at least 1
 */
public record QuestionRouting(double threshold, int tokens) implements Policy {

  /** As {@link Policy#parse} reads it. */
  static final String NAME = "route";

  /** Enough to begin the first step, and soon written. */
  static final int USUAL_TOKENS = 16;

  public QuestionRouting {
    if (!(threshold >= 0 && threshold <= Double.MAX_VALUE)) {
      throw new UserMistake(
          "the policy route needs a finite threshold of at least 0 nats, not " + threshold);
    }
    if (tokens < 1) {
      throw new UserMistake("the policy route needs at least 1 token to look at, not " + tokens);
    }
  }

  @Override
  public Needs needs() {
    return new Needs(true, true, false);
  }

  @Override
  public String label() {
    return NAME + ":" + threshold + (tokens == USUAL_TOKENS ? "" : ":" + tokens);
  }

  /** The turns of one answer. */
  TurnTaking turns(OffloadBudget budget) {
    return new Turns(budget);
  }

  private final class Turns implements TurnTaking {
    private final OffloadBudget budget;
    private boolean large;

    Turns(OffloadBudget budget) {
      this.budget = budget;
    }

    @Override
    public Turn next(Progress progress) {
      if (progress.lastEnd() == LastEnd.REJECTED) {
        large = true;
      }
      if (progress.atStart() && !large) {
        Turn.Small first = Turn.Small.alone(Math.min(tokens, progress.remaining()));
        return new Turn.Draft(first, new Turn.Judge.OfSmall(threshold));
      }
      if (!large) {
        return Turn.Small.alone(progress.remaining());
      }
      return budget.hasRoom(progress)
          ? Turn.Large.within(budget, progress.remaining(), progress)
          : Turn.Small.alone(budget.untilRoom(progress));
    }
  }
}
