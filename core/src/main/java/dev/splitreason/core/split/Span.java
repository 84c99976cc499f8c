package dev.splitreason.core.split;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagAutomaton;
import dev.splitreason.core.tag.TagEvent;
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
  private final TagAutomaton spelledTags;
  private final List<Timed> written = new ArrayList<>();
  private final SpanText text = new SpanText();
  private int start;
  private int recorded;
  private volatile boolean spellsTag;
  private int beforeTag = Integer.MAX_VALUE;

  /**
   * Prepares a turn.
   *
   * @param reader how the small model reads the turn; null if it has no say in when it ends
   */
  Span(
      View large,
      View small,
      Recorder recorder,
      @Nullable SpanReader reader,
      Pair pair,
      boolean pipelined) {
    this.large = large;
    this.small = small;
    this.recorder = recorder;
    this.reader = reader;
    this.along = reader == null ? null : new ReadAlong(reader, pair.chunk(), pipelined);
    this.spelledTags = new TagAutomaton(pair.tags());
  }

  /**
   * Writes the turn, and leaves both models with what is kept of it.
   *
   * @param limit the most tokens of the turn
   * @param patience how long the large model may be silent
   * @param timeLeft for the whole answer
   * @throws ModelException if the small model fails
   */
  End write(int limit, Sampling sampling, Duration patience, Duration timeLeft)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeLeft.toNanos();
    End end = null;
    while (end == null) {
      end = writeOn(limit - written.size(), sampling, patience, deadline);
      boolean over = end != null || written.size() == limit || spellsTag;
      look(over);
      record();
      if (closed()) {
        end = end != null && end.failure() != null ? end : GOES_ON;
      } else if (over && end == null) {
        end = GOES_ON;
      }
    }
    settle(end.failure() == null);
    return end;
  }

  /**
   * Lets the large model write until the small one must look; gives the end if this is it, as far
   * as the large one is asked.
   */
  private @Nullable End writeOn(int most, Sampling sampling, Duration patience, long deadline)
      throws InterruptedException {
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    try (Watchdog watchdog = new Watchdog(patience, left)) {
      try {
        if (written.isEmpty()) {
          large.catchUp();
          start = large.session().length();
        }
        Decoded decoded =
            large
                .session()
                .decode(
                    DecodeRequest.upTo(most, sampling).withStop(new Pause(written.size())),
                    token -> {
                      watchdog.sign();
                      add(Timed.now(token));
                    });
        return switch (decoded.end()) {
          case END_OF_TEXT -> new End(FinishReason.STOP, null);
          case CONTEXT_FULL -> new End(null, "its context is full");
          case STOPPED, MAX_TOKENS, UNCERTAIN -> null;
        };
      } catch (ModelException e) {
        return new End(null, e.getMessage());
      } catch (InterruptedException e) {
        if (!watchdog.fired()) {
          throw e;
        }
        return System.nanoTime() >= deadline
            ? new End(FinishReason.TIMEOUT, null)
            : new End(null, "no token came for " + patience.toMillis() / 1e3 + " s");
      }
    }
  }

  /** Pauses the large model where the small one must look, or a tag is spelled out. */
  private final class Pause implements dev.splitreason.core.model.StopCondition {
    private int count;

    Pause(int before) {
      this.count = before;
    }

    @Override
    public boolean stopAfter(Token token) {
      count++;
      return spellsTag || (along != null && along.shouldPause(count));
    }
  }

  private void add(Timed timed) {
    written.add(timed);
    int before = text.length();
    text.add(timed.token());
    for (TagEvent event : spelledTags.feed(text.substring(before, text.length()))) {
      if (event instanceof TagEvent.Tag tag && !spellsTag) {
        // The large model knows no tags: one that it spells would confuse the small model's view,
        // so the turn ends before it.
        beforeTag = text.tokensWithin(tag.start());
        spellsTag = true;
      }
    }
    if (along != null) {
      along.offer(timed.token());
    }
    record();
  }

  private void look(boolean over) throws InterruptedException {
    if (along == null) {
      return;
    }
    if (over) {
      along.finish();
    } else {
      along.catchUp();
    }
  }

  private boolean closed() {
    return spellsTag || (along != null && along.closed());
  }

  /** How many tokens are certain to be kept. */
  private int certain() {
    int read = along == null ? written.size() : along.certain();
    return text.wholeCharacters(Math.min(read, beforeTag));
  }

  private void record() {
    for (int certain = certain(); recorded < certain; recorded++) {
      recorder.write(Author.LARGE, written.get(recorded));
    }
  }

  private void settle(boolean largeGoesOn) throws InterruptedException {
    if (along != null) {
      along.close();
    }
    if (reader != null) {
      reader.keep(recorded);
    } else {
      small.offer(written.subList(0, recorded).stream().map(Timed::token).toList());
    }
    if (largeGoesOn) {
      large.session().truncate(start + recorded);
    }
    recorder.discard(written.size() - recorded);
  }

  @Override
  public void close() {
    if (along != null) {
      along.close();
    }
  }
}
