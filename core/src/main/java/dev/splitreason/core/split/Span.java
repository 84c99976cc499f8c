package dev.splitreason.core.split;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.StopCondition;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One turn of the large model, while the small one reads along and closes it. */
final class Span implements AutoCloseable {

  /**
   * How a turn of the large model ended.
   *
   * @param finish why the whole answer ends with it; null if it goes on
   * @param failure why the large model can write no more; null if it can
   */
  record End(@Nullable FinishReason finish, @Nullable String failure) {}

  private static final End GOES_ON = new End(null, null);

  private final View large;
  private final View small;
  private final Recorder recorder;
  private final @Nullable SpanReader reader;
  private final @Nullable ReadAlong along;
  private final @Nullable TagScan spelled;
  private final @Nullable TagScan spelledAhead;
  private final List<Timed> written = new ArrayList<>();
  private final SpanText text = new SpanText();
  private int start;
  private int recorded;
  private int spelledBy = Integer.MAX_VALUE;

  /**
   * Prepares a turn.
   *
   * @param reader how the small model reads the turn; null if it has no say in when it ends
   * @param tagged whether tags end the turn
   */
  Span(
      View large,
      View small,
      Recorder recorder,
      @Nullable SpanReader reader,
      Pair pair,
      boolean tagged,
      boolean pipelined) {
    this.large = large;
    this.small = small;
    this.recorder = recorder;
    this.reader = reader;
    this.along = reader == null ? null : new ReadAlong(reader, pair.chunk(), pipelined);
    this.spelled = tagged ? new TagScan(pair.tags()) : null;
    this.spelledAhead = tagged ? new TagScan(pair.tags()) : null;
  }

  /**
   * Writes the turn, and leaves both models with what is kept of it.
   *
   * @param limit the most tokens of the turn
   * @param patience how long the large model may be silent
   * @throws ModelException if the small model fails
   */
  End write(int limit, Sampling sampling, Duration patience) throws InterruptedException {
    End end = null;
    while (end == null) {
      end = writeOn(limit - written.size(), sampling, patience);
      boolean over = end != null || written.size() == limit || spellsTag();
      look(over);
      // Asked before recording: the small model may close the span between the two.
      boolean closed = closed();
      record();
      if (closed) {
        end = end != null && end.failure() != null ? end : GOES_ON;
      } else if (over && end == null) {
        end = GOES_ON;
      }
    }
    settle(end);
    return end;
  }

  /**
   * Lets the large model write until the small one must look; gives the end if this is it, as far
   * as the large one is asked.
   */
  private @Nullable End writeOn(int most, Sampling sampling, Duration patience)
      throws InterruptedException {
    try (Watchdog watchdog = new Watchdog(patience)) {
      try {
        if (written.isEmpty()) {
          large.catchUp();
          start = large.session().length();
          watchdog.sign();
        }
        Decoded decoded =
            large
                .session()
                .decode(
                    DecodeRequest.upTo(most, sampling).withStop(new Pause(written.size())),
                    token -> {
                      add(Timed.now(token));
                      watchdog.sign();
                    });
        return switch (decoded.end()) {
          case END_OF_TEXT -> new End(FinishReason.STOP, null);
          case CONTEXT_FULL -> new End(null, "its context is full");
          case STOPPED, MAX_TOKENS, UNCERTAIN -> null;
        };
      } catch (ModelException e) {
        return new End(null, watchdog.fired() ? silence(patience) : e.getMessage());
      } catch (InterruptedException e) {
        if (!watchdog.fired()) {
          throw e;
        }
        return new End(null, silence(patience));
      }
    }
  }

  private static String silence(Duration patience) {
    return "no token came for " + patience.toMillis() / 1e3 + " s";
  }

  /**
   * Pauses the large model where the small one must look, or a tag is spelled out. Asked ahead of
   * {@link #add}, possibly on the engine's thread.
   */
  private final class Pause implements StopCondition {
    private int count;

    Pause(int before) {
      this.count = before;
    }

    @Override
    public boolean stopAfter(Token token) {
      count++;
      if (spelledAhead != null) {
        spelledAhead.accept(Timed.now(token));
        if (spelledAhead.found() != null) {
          return true;
        }
      }
      return along != null && along.shouldPause(count);
    }
  }

  private void add(Timed timed) {
    written.add(timed);
    text.add(timed.token());
    if (spelled != null) {
      spelled.accept(timed);
      if (spelled.found() != null) {
        spelledBy = Math.min(spelledBy, written.size());
      }
    }
    if (along != null) {
      along.offer(timed.token());
    }
    record();
  }

  private void look(boolean over) throws InterruptedException {
    if (over && spelled != null) {
      spelled.finish();
    }
    if (along == null) {
      return;
    }
    if (over) {
      along.finish();
    } else {
      along.catchUp();
    }
  }

  /**
   * Whether the large model spelled a tag. It knows none, and one in its text would confuse the
   * small model's view, so the turn ends before it.
   */
  private boolean spellsTag() {
    return spelledBy <= written.size();
  }

  private boolean closed() {
    return spellsTag() || (along != null && along.closed());
  }

  /** How many tokens are certain to be kept. */
  private int certain() {
    boolean closed = along != null && along.closed();
    int read = along == null ? written.size() : along.certain();
    boolean closedFirst = closed && read < spelledBy;
    int untagged = spelled == null || closedFirst ? read : spelled.settledCount();
    return text.wholeCharacters(Math.min(read, untagged));
  }

  private void record() {
    for (int certain = certain(); recorded < certain; recorded++) {
      Timed timed = written.get(recorded);
      recorder.write(Author.LARGE, timed);
      if (reader == null) {
        small.offer(List.of(timed.token()));
      }
    }
  }

  private void settle(End end) throws InterruptedException {
    if (along != null) {
      along.close();
    }
    if (reader != null) {
      reader.keep(recorded);
    }
    if (end.equals(GOES_ON)) {
      large.session().truncate(start + recorded);
    }
  }

  /** Ends the reading along, and counts what is not kept. */
  @Override
  public void close() {
    if (along != null) {
      along.close();
    }
    recorder.discard(written.size() - recorded);
  }
}
