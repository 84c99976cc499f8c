package dev.splitreason.core.split;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Nudge;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.policy.Turn;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.policy.Until;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.trace.FinishReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** Where in the small model's session what is scanned begins. */
  private int start;

  /** What has come. */
  private TagScan scan;

  /** The same ahead of it: a stop condition is asked before the token comes. */
  private TagScan scanAhead;

  private final WholeCharacters limit;

  /** Where the text ends the turn; asked ahead of what has come. */
  private final BorderScan border;

  /** Where a tag was taken back last, and how that place is drawn, by whichever token it begins. */
  private int declinedAt = -1;

  private Sampling declined = Sampling.GREEDY;

  /** Whether the model ended the text where a tag was taken back. */
  private boolean endsText;

  SmallTurn(Answer answer, Turn.Small turn) {
    this.answer = answer;
    this.turn = turn;
    this.small = answer.small();
    this.tags = answer.tags();
    this.scan = TagScan.of(tags);
    this.scanAhead = TagScan.of(tags);
    this.limit = new WholeCharacters(turn.limit());
    this.border = new BorderScan(turn.until());
  }

  /**
   * Writes the turn.
   *
   * @throws ModelException if the small model fails
   */
  TurnEnd write() throws InterruptedException {
    small.catchUp();
    start = small.session().length();
    Decoded.End end = decode(answer.remaining());
    while (declinesTag()) {
      // The turn goes on with what came instead of the tag.
      int left = answer.left() - scan.unsettled().size();
      end = endsText ? Decoded.End.END_OF_TEXT : left < 1 ? Decoded.End.MAX_TOKENS : decode(left);
    }
    keep(scan.finish());
    TagEvent.Kind tag = scan.found();
    if (tag != null && !keepTag(tag)) {
      return TurnEnd.of(FinishReason.LENGTH);
    }
    if (tag == null && end == Decoded.End.NUDGED) {
      if (!openSpan()) {
        return TurnEnd.of(FinishReason.LENGTH);
      }
      tag = TagEvent.Kind.OPEN;
    }
    boolean opened = tag == TagEvent.Kind.OPEN;
    if (opened && !turn.mayOpen() && !answer.closeSpan()) {
      // Only a model whose tags cannot be forbidden gets here: the span stays empty.
      return TurnEnd.of(FinishReason.LENGTH);
    }
    LastEnd last =
        opened && turn.mayOpen()
            ? LastEnd.OPENED
            : end == Decoded.End.UNCERTAIN
                ? LastEnd.UNCERTAIN
                : border.found() ? ended() : LastEnd.LIMIT;
    return switch (end) {
      case END_OF_TEXT -> TurnEnd.of(FinishReason.STOP);
      case CONTEXT_FULL -> TurnEnd.of(FinishReason.LENGTH);
      case STOPPED, MAX_TOKENS, UNCERTAIN, NUDGED -> TurnEnd.at(last);
    };
  }

  private LastEnd ended() {
    return turn.until() instanceof Until.Cue ? LastEnd.CUE : LastEnd.BORDER;
  }

  private Decoded.End decode(int most) throws InterruptedException {
    Nudge nudge = turn.mayOpen() ? tags.nudge(answer.offloadBias()) : null;
    Decoded.End end = decode(most, turn.maxEntropy(), nudge);
    if ((end == Decoded.End.UNCERTAIN || end == Decoded.End.NUDGED) && limit.incomplete()) {
      // A turn does not end inside a character.
      limit.endSoon();
      Decoded.End whole = decode(most, Double.POSITIVE_INFINITY, null);
      return whole == Decoded.End.STOPPED ? end : whole;
    }
    return end;
  }

  private Decoded.End decode(int most, double maxEntropy, @Nullable Nudge nudge)
      throws InterruptedException {
    DecodeRequest request =
        DecodeRequest.upTo(most, sampling())
            .withStop(this::endsAfter)
            .withMaxEntropy(maxEntropy)
            .withNudge(nudge);
    return small.session().decode(request, token -> keep(scan.accept(Timed.now(token)))).end();
  }

  private Sampling sampling() {
    return turn.mayOpen()
        ? tags.withOpenTag(answer.sampling(), answer.offloadBias())
        : tags.withoutTags(answer.sampling());
  }

  private boolean endsAfter(Token token) {
    // Both see every token.
    scanAhead.accept(Timed.now(token));
    border.accept(token);
    if (border.found()) {
      limit.endSoon();
    }
    boolean full = limit.stopAfter(token);
    return scanAhead.found() != null || (full && !scanAhead.holding());
  }

  /**
   * Whether a bias below 0 takes back an open tag of several tokens that is there: the token that
   * begins it is drawn anew with the bias, and what comes instead stays.
   */
  private boolean declinesTag() throws InterruptedException {
    boolean biased = turn.mayOpen() && answer.offloadBias() < 0 && !tags.single();
    if (!biased || scan.found() != TagEvent.Kind.OPEN) {
      return false;
    }
    List<Token> tag = scan.unsettled().stream().map(Timed::token).toList();
    // What a token holds before the tag stays, in tokens of its own.
    List<Token> before = small.tokens(scan.textBeforeTag());
    int begin = start + scan.settledCount();
    int place = begin + before.size();
    int first = (before.isEmpty() ? tag : tags.tokens(TagEvent.Kind.OPEN)).getFirst().id();
    if (place != declinedAt) {
      declinedAt = place;
      declined = sampling();
    }
    if (declined.bias().containsKey(first)) {
      // It came against the bias.
      return false;
    }
    declined = declined.plusBias(first, (float) answer.offloadBias());
    Session session = small.session();
    session.truncate(begin);
    small.write(before);
    Decoded instead = session.decode(DecodeRequest.upTo(1, declined), token -> {});
    if (!instead.tokens().isEmpty() && instead.tokens().getFirst().id() == first) {
      session.truncate(begin);
      small.write(tag);
      return false;
    }
    keep(before.stream().map(Timed::now).toList());
    start = place;
    scan = TagScan.of(tags);
    scanAhead = TagScan.of(tags);
    endsText = instead.end() == Decoded.End.END_OF_TEXT;
    for (Token token : instead.tokens()) {
      endsAfter(token);
      keep(scan.accept(Timed.now(token)));
    }
    return true;
  }

  /** Writes the open tag, if there is room for it. */
  private boolean openSpan() throws InterruptedException {
    List<Token> tag = tags.tokens(TagEvent.Kind.OPEN);
    if (tag.size() > answer.left() || tag.size() > small.room()) {
      return false;
    }
    small.write(tag);
    tag.forEach(token -> answer.keepSmallsOwn(Timed.now(token)));
    return true;
  }

  /** Keeps the tag that ended the turn; gives whether the answer's tokens are enough for it. */
  private boolean keepTag(TagEvent.Kind tag) throws InterruptedException {
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
