package dev.splitreason.core.split;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.policy.Turn;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.trace.FinishReason;
import java.util.List;

/**
 * A turn of the small model: it writes until it writes a tag, until its next token is too
 * uncertain, or to the turn's limit. Everything it writes is kept; what is no tag, the large model
 * is shown.
 */
final class SmallTurn {

  private final Answer answer;
  private final Turn.Small turn;
  private final View small;
  private final TagTokens tags;

  /** What has come. */
  private final TagScan scan;

  /** The same ahead of it: a stop condition is asked before the token comes. */
  private final TagScan scanAhead;

  private final WholeCharacters limit;

  SmallTurn(Answer answer, Turn.Small turn) {
    this.answer = answer;
    this.turn = turn;
    this.small = answer.small();
    this.tags = answer.tags();
    this.scan = TagScan.of(tags);
    this.scanAhead = TagScan.of(tags);
    this.limit = new WholeCharacters(turn.limit());
  }

  /**
   * Writes the turn.
   *
   * @throws ModelException if the small model fails
   */
  TurnEnd write() throws InterruptedException {
    small.catchUp();
    int start = small.session().length();
    Decoded.End end = decode();
    keep(scan.finish());
    TagEvent.Kind tag = scan.found();
    if (tag != null && !keepTag(tag, start)) {
      return TurnEnd.of(FinishReason.LENGTH);
    }
    boolean opened = tag == TagEvent.Kind.OPEN;
    if (opened && !turn.mayOpen() && !answer.closeSpan()) {
      // Only a model whose tags cannot be forbidden gets here: the span stays empty.
      return TurnEnd.of(FinishReason.LENGTH);
    }
    LastEnd last =
        opened && turn.mayOpen()
            ? LastEnd.OPENED
            : end == Decoded.End.UNCERTAIN ? LastEnd.UNCERTAIN : LastEnd.LIMIT;
    return switch (end) {
      case END_OF_TEXT -> TurnEnd.of(FinishReason.STOP);
      case CONTEXT_FULL -> TurnEnd.of(FinishReason.LENGTH);
      case STOPPED, MAX_TOKENS, UNCERTAIN -> TurnEnd.at(last);
    };
  }

  private Decoded.End decode() throws InterruptedException {
    Decoded.End end = decode(turn.maxEntropy());
    if (end == Decoded.End.UNCERTAIN && limit.incomplete()) {
      // A turn does not end inside a character.
      limit.endSoon();
      end = decode(Double.POSITIVE_INFINITY);
      return end == Decoded.End.STOPPED ? Decoded.End.UNCERTAIN : end;
    }
    return end;
  }

  private Decoded.End decode(double maxEntropy) throws InterruptedException {
    Sampling sampling =
        turn.mayOpen()
            ? tags.withOpenTag(answer.sampling(), answer.offloadBias())
            : tags.withoutTags(answer.sampling());
    DecodeRequest request =
        DecodeRequest.upTo(answer.remaining(), sampling)
            .withStop(this::endsAfter)
            .withMaxEntropy(maxEntropy);
    return small.session().decode(request, token -> keep(scan.accept(Timed.now(token)))).end();
  }

  private boolean endsAfter(Token token) {
    // Both see every token.
    scanAhead.accept(Timed.now(token));
    boolean full = limit.stopAfter(token);
    return scanAhead.found() != null || (full && !scanAhead.holding());
  }

  /** Keeps the tag that ended the turn; gives whether the answer's tokens are enough for it. */
  private boolean keepTag(TagEvent.Kind tag, int start) throws InterruptedException {
    List<Timed> tokens = scan.tagTokens();
    if (tokens.isEmpty()) {
      // A token spans a border of the tag: spell that place anew, so that both views agree on it.
      Session session = small.session();
      session.truncate(start + scan.settledCount());
      List<Token> before = small.tokens(scan.textBeforeTag());
      List<Token> spelled = tags.tokens(tag);
      if (before.size() + spelled.size() > answer.left()) {
        return false;
      }
      small.write(before);
      small.write(spelled);
      keep(before.stream().map(Timed::now).toList());
      tokens = spelled.stream().map(Timed::now).toList();
    }
    // A stray close tag is the small model's alone; it goes on in another turn.
    tokens.forEach(answer::keepSmallsOwn);
    return true;
  }

  private void keep(List<Timed> tokens) {
    tokens.forEach(answer::keepSmall);
  }
}
