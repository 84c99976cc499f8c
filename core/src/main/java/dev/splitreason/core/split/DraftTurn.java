package dev.splitreason.core.split;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.policy.Turn;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A turn in which the small model drafts a piece that is kept only if it passes: neither the
 * listener nor the large model's view has any of it before.
 */
final class DraftTurn {

  private final Answer answer;
  private final Turn.Draft turn;
  private final View small;
  private final View large;

  /** Whether the draft is in the large model's session. */
  private boolean largeHasRead;

  DraftTurn(Answer answer, Turn.Draft turn) {
    this.answer = answer;
    this.turn = turn;
    this.small = answer.small();
    this.large = answer.large();
  }

  /**
   * Writes the turn, and leaves both models with what is kept of it: all or nothing.
   *
   * @throws ModelException if the small model fails
   */
  TurnEnd write() throws InterruptedException {
    small.catchUp();
    int start = small.session().length();
    answer.beginDraft();
    TurnEnd end = new SmallTurn(answer, turn.piece()).write();
    List<Token> written = answer.drafted();
    if (written.isEmpty() || passes(written, start)) {
      answer.keepDraft(largeHasRead);
      return end;
    }
    answer.dropDraft();
    small.session().truncate(start);
    return TurnEnd.at(LastEnd.REJECTED);
  }

  private boolean passes(List<Token> written, int start) throws InterruptedException {
    return switch (turn.judge()) {
      case Turn.Judge.OfSmall(double threshold) -> entropy(written, start) <= threshold;
      case Turn.Judge.OfLarge(double threshold) -> passesLarge(written, threshold);
    };
  }

  /** The small model's mean entropy, in nats, where it wrote the draft. */
  private double entropy(List<Token> written, int start) throws InterruptedException {
    int[] run = written.stream().mapToInt(Token::id).toArray();
    small.session().truncate(start);
    float[] entropy = small.session().score(run, ScoreRequest.ofEntropy()).entropy();
    return IntStream.range(0, run.length).mapToDouble(i -> entropy[i]).average().orElse(0);
  }

  /** If the large model fails, the draft is all there is. */
  private boolean passesLarge(List<Token> written, double threshold) throws InterruptedException {
    Duration patience = answer.largeTimeout();
    try (Watchdog watchdog = new Watchdog(patience)) {
      try {
        large.catchUp();
        watchdog.sign();
        int start = large.session().length();
        largeHasRead = surprise(written) <= threshold;
        if (!largeHasRead) {
          large.session().truncate(start);
        }
        return largeHasRead;
      } catch (ModelException e) {
        String silent = LargeTurn.silence(patience);
        answer.degrade(watchdog.fired() ? silent : String.valueOf(e.getMessage()));
        return true;
      } catch (InterruptedException e) {
        if (!watchdog.fired()) {
          throw e;
        }
        answer.degrade(LargeTurn.silence(patience));
        return true;
      }
    }
  }

  /** The large model's mean surprise at the draft, in nats a token of its own, which it reads. */
  private double surprise(List<Token> written) throws InterruptedException {
    int[] run = large.ids(written);
    if (run.length == 0) {
      return 0;
    }
    float[] logProbs = large.score(run, ScoreRequest.ofLogProbs()).logProbs();
    return IntStream.range(0, run.length).mapToDouble(i -> -logProbs[i]).average().orElse(0);
  }
}
