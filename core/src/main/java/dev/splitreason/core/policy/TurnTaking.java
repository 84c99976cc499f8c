package dev.splitreason.core.policy;

import dev.splitreason.core.sampling.CounterRandom;

/** A policy at work on one answer: after each turn it says whose turn is next. */
@FunctionalInterface
public interface TurnTaking {

  /** How the last turn ended. */
  enum LastEnd {
    /** The small model reached its limit, or the large one wrote, or there was no turn yet. */
    LIMIT,
    /** The small model wrote the open tag. */
    OPENED,
    /** The small model's next token was too uncertain. */
    UNCERTAIN,
    /** What in the text should end the turn did, after its last token: a step, a sentence. */
    BORDER,
    /** The small model wrote a cue. */
    CUE,
    /** The small model's draft did not pass, and nothing of it is kept. */
    REJECTED,
    /** The last turn was the large model's, and nothing of it could be kept. */
    NOTHING_KEPT
  }

  /**
   * How far an answer is.
   *
   * @param small kept tokens of the small model
   * @param large kept tokens of the large model
   * @param remaining tokens left of the answer's budget, at least 1
   * @param lastEnd how the last turn ended
   */
  record Progress(int small, int large, int remaining, LastEnd lastEnd) {

    /** Whether nothing is kept yet. */
    boolean atStart() {
      return small + large == 0;
    }
  }

  /** The next turn; its limit does not exceed what remains. */
  Turn next(Progress progress);

  /**
   * The turns of a policy.
   *
   * @param seed decides the draws of random switching
   * @param spanCap the most tokens of one turn of the large model
   */
  static TurnTaking of(Policy policy, OffloadBudget budget, int spanCap, long seed) {
    TurnTaking turns = byPolicy(policy, budget, spanCap, seed);
    // What the large model could not begin within its turn, the small one does: asked again, the
    // large one would come to the same.
    return progress ->
        progress.lastEnd() == LastEnd.NOTHING_KEPT ? Turn.Small.alone(1) : turns.next(progress);
  }

  private static TurnTaking byPolicy(Policy policy, OffloadBudget budget, int spanCap, long seed) {
    return switch (policy) {
      case Policy.SmallOnly() -> progress -> Turn.Small.alone(progress.remaining());
      case Policy.LargeOnly() ->
          progress -> new Turn.Large(progress.remaining(), new Turn.Close.Never());
      case Policy.Learned() -> progress -> learned(progress, budget, spanCap);
      case Policy.Entropy(double threshold) ->
          progress -> entropy(progress, budget, spanCap, threshold);
      case Policy.RandomSwitching random -> new RandomTurns(random, budget, seed);
      case FirstTokenEntropy first -> first.turns(budget, spanCap);
      case ReflectionCues cues -> cues.turns(budget, spanCap);
      case StepScoring steps -> steps.turns(budget, spanCap);
      case QuestionRouting route -> route.turns(budget);
    };
  }

  private static Turn learned(Progress progress, OffloadBudget budget, int spanCap) {
    if (progress.lastEnd() == LastEnd.OPENED) {
      int limit =
          Math.min(
              Math.min(spanCap, progress.remaining()),
              budget.largeTokens(progress.small(), progress.large()));
      return new Turn.Large(Math.max(1, limit), new Turn.Close.AtTag());
    }
    // The open tag is a token of the small model's itself.
    int wait = budget.smallTokensUntilOne(progress.small() + 1, progress.large());
    return wait > 0
        ? Turn.Small.alone(Math.min(wait, progress.remaining()))
        : new Turn.Small(progress.remaining(), true, Double.POSITIVE_INFINITY, new Until.Limit());
  }

  private static Turn entropy(
      Progress progress, OffloadBudget budget, int spanCap, double threshold) {
    if (progress.lastEnd() != LastEnd.UNCERTAIN) {
      return new Turn.Small(progress.remaining(), false, threshold, new Until.Limit());
    }
    int allowed = budget.largeTokens(progress.small(), progress.large());
    if (allowed == 0) {
      int wait = budget.smallTokensUntilOne(progress.small(), progress.large());
      return Turn.Small.alone(Math.min(wait, progress.remaining()));
    }
    int limit = Math.min(Math.min(spanCap, allowed), progress.remaining());
    return new Turn.Large(limit, new Turn.Close.WhenCertain(threshold));
  }

  /** Random switching: a draw for each chunk, neighbouring chunks of one author joined. */
  final class RandomTurns implements TurnTaking {
    private final Policy.RandomSwitching policy;
    private final OffloadBudget budget;
    private final long seed;
    private int chunk;

    RandomTurns(Policy.RandomSwitching policy, OffloadBudget budget, long seed) {
      this.policy = policy;
      this.budget = budget;
      // Not the stream that the small model draws its tokens from.
      this.seed = CounterRandom.bits(seed, 2);
    }

    @Override
    public Turn next(Progress progress) {
      boolean large = drawsLarge(chunk);
      long tokens = 0;
      while (tokens < progress.remaining() && drawsLarge(chunk) == large) {
        tokens += policy.chunk();
        chunk++;
      }
      int limit = (int) Math.min(tokens, progress.remaining());
      int allowed = budget.largeTokens(progress.small(), progress.large());
      return large && allowed > 0
          ? new Turn.Large(Math.min(limit, allowed), new Turn.Close.Never())
          : Turn.Small.alone(limit);
    }

    private boolean drawsLarge(int index) {
      return CounterRandom.uniform(seed, index) < policy.probability();
    }
  }
}
