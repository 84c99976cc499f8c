package dev.splitreason.core.split;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.StopCondition;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.policy.Turn;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.trace.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn of the large model, a span: it writes while the small one reads, until that one closes the
 * span, or to the turn's limit. What it wrote beyond the close is dropped.
 */
final class LargeTurn {

  private final Answer answer;
  private final Turn.Large turn;
  private final View large;

  /** Whether the span is one between tags. */
  private final boolean tagged;

  private final Reading reading;

  /** What has come. */
  private final TagScan scan;

  /** The same ahead of it: a stop condition is asked before the token comes. */
  private final TagScan scanAhead;

  /** Where the text ends the turn, in what has come and ahead of it. */
  private final BorderScan border;

  private final BorderScan borderAhead;

  private final List<Timed> written = new ArrayList<>();
  private final SpanText text = new SpanText();
  private int start;
  private int kept;
  private int spelledBy = Integer.MAX_VALUE;

  LargeTurn(Answer answer, Turn.Large turn) throws InterruptedException {
    this.answer = answer;
    this.turn = turn;
    this.large = answer.large();
    this.tagged = turn.close() instanceof Turn.Close.AtTag;
    this.reading = Reading.of(turn.close(), answer);
    this.scan = spelledTags();
    this.scanAhead = spelledTags();
    this.border = new BorderScan(turn.until());
    this.borderAhead = new BorderScan(turn.until());
  }

  /**
   * The large model knows no tags, and one spelled in its text would confuse the small model's
   * view, so the turn ends before it.
   */
  private TagScan spelledTags() {
    return tagged ? new TagTextScan(answer.pair().tags()) : TagScan.none();
  }

  /**
   * Writes the turn, and leaves both models with what is kept of it.
   *
   * @throws ModelException if the small model fails
   */
  TurnEnd write() throws InterruptedException {
    Stretch stretch;
    boolean closed;
    try (reading) {
      boolean over;
      do {
        stretch = writeOn();
        over = stretch.isLast() || written.size() == turn.limit() || ended();
        look(over);
        // Asked before keeping: the small model may close the span between the two.
        closed = spellsTag() || reading.closed();
        if (!over && reading.full() && reading.shouldPause(written.size())) {
          over = true;
          scan.finish();
        }
        keep();
      } while (!over && !closed);
      if (stretch.failure() == null) {
        // Before the small model reads on: a large one that only paused may be at work still.
        large.session().truncate(start + kept);
      }
      reading.settle(kept);
    } finally {
      answer.discardLarge(written.size() - kept);
    }
    FinishReason finish = closed ? null : stretch.finish();
    if (reading.full() && (finish == null || reading.shouldPause(written.size()))) {
      finish = FinishReason.LENGTH;
    }
    if (stretch.failure() != null) {
      answer.degrade(stretch.failure());
    }
    return end(finish);
  }

  /**
   * What the large model wrote until the small one must look.
   *
   * @param finish why the answer ends with it, as far as the large model is asked; null if it goes
   *     on
   * @param failure why the large model can write no more; null if it can
   */
  private record Stretch(@Nullable FinishReason finish, @Nullable String failure) {

    static final Stretch GOES_ON = new Stretch(null, null);
    static final Stretch ENDS_ANSWER = new Stretch(FinishReason.STOP, null);

    static Stretch fails(String failure) {
      return new Stretch(null, failure);
    }

    boolean isLast() {
      return finish != null || failure != null;
    }
  }

  private Stretch writeOn() throws InterruptedException {
    Duration patience = answer.largeTimeout();
    try (Watchdog watchdog = new Watchdog(patience)) {
      try {
        if (written.isEmpty()) {
          large.catchUp();
          start = large.session().length();
          watchdog.sign();
        }
        DecodeRequest request =
            DecodeRequest.upTo(turn.limit() - written.size(), answer.largeSampling())
                .withStop(pause(written.size()));
        Decoded decoded =
            large
                .session()
                .decode(
                    request,
                    token -> {
                      wrote(Timed.now(token));
                      watchdog.sign();
                    });
        return switch (decoded.end()) {
          case END_OF_TEXT -> Stretch.ENDS_ANSWER;
          case CONTEXT_FULL -> Stretch.fails("its context is full");
          case STOPPED, MAX_TOKENS, UNCERTAIN, NUDGED -> Stretch.GOES_ON;
        };
      } catch (ModelException e) {
        return Stretch.fails(watchdog.fired() ? silence(patience) : String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        if (!watchdog.fired()) {
          throw e;
        }
        return Stretch.fails(silence(patience));
      }
    }
  }

  /** Why a large model that said nothing for so long counts as failed. */
  static String silence(Duration patience) {
    return "no token came for " + patience.toMillis() / 1e3 + " s";
  }

  /**
   * Pauses the large model where the small one must look, or a tag is spelled out. Asked ahead of
   * {@link #wrote}, possibly on the engine's thread.
   */
  private StopCondition pause(int before) {
    return new StopCondition() {
      private int count = before;

      @Override
      public boolean stopAfter(Token token) {
        count++;
        scanAhead.accept(Timed.now(token));
        borderAhead.accept(token);
        return ended() || reading.shouldPause(count);
      }

      @Override
      public boolean pauses() {
        return !ended() && !reading.closed() && !reading.full();
      }

      private boolean ended() {
        return scanAhead.found() != null || borderAhead.found();
      }
    };
  }

  private void wrote(Timed timed) {
    written.add(timed);
    text.add(timed.token());
    scan.accept(timed);
    border.accept(timed.token());
    if (scan.found() != null) {
      spelledBy = Math.min(spelledBy, written.size());
    }
    reading.offer(timed.token());
    keep();
  }

  private void look(boolean over) throws InterruptedException {
    if (over) {
      scan.finish();
      reading.finish();
    } else {
      reading.catchUp();
    }
  }

  /** Whether the text ends the turn. */
  private boolean ended() {
    return spellsTag() || border.found();
  }

  private boolean spellsTag() {
    return spelledBy <= written.size();
  }

  /** Keeps what is certain by now. */
  private void keep() {
    for (int certain = certain(); kept < certain; kept++) {
      Timed timed = written.get(kept);
      answer.keepLarge(timed);
      reading.kept(timed.token());
    }
  }

  /** How many tokens are certain to be kept. */
  private int certain() {
    boolean closed = reading.closed();
    int read = reading.certain();
    boolean closedFirst = closed && read < spelledBy;
    int untagged = closedFirst ? read : scan.settledCount();
    return text.wholeCharacters(Math.min(Math.min(read, untagged), border.border()));
  }

  private TurnEnd end(@Nullable FinishReason finish) throws InterruptedException {
    boolean room = !tagged || answer.closeSpan();
    if (finish != null) {
      return TurnEnd.of(finish);
    }
    if (kept == 0 && !tagged && !answer.degraded()) {
      // What is left of the limit may be less than the large model's next character takes.
      return turn.limit() == answer.remaining()
          ? TurnEnd.of(FinishReason.LENGTH)
          : TurnEnd.at(LastEnd.NOTHING_KEPT);
    }
    LastEnd last = kept == border.border() ? LastEnd.BORDER : LastEnd.LIMIT;
    return room ? TurnEnd.at(last) : TurnEnd.of(FinishReason.LENGTH);
  }
}
