package dev.splitreason.core.piece;

import dev.splitreason.core.piece.AuthoredText.Segment;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.tag.TagAutomaton;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a growing text into pieces: takes its tags out, tells reasoning from answer, and ends at the
 * first stop text. What may still become a mark is held back until it is certain. Not thread-safe.
 */
public final class PieceCutter {

  private static final String THINK = "<think>";
  private static final String END_OF_THINKING = "</think>";

  /** Where the text is. */
  private enum State {
    /** It has not begun; it may begin with the mark of reasoning. */
    BEFORE,
    REASONING,
    ANSWER
  }

  private final @Nullable TagAutomaton tags;
  private final Stops stops;
  private final Consumer<Piece> sink;
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder answer = new StringBuilder();

  /** What came and may still be a tag. */
  private final AuthoredText came = new AuthoredText();

  /** What is no tag and not yet given out. */
  private final AuthoredText pending = new AuthoredText();

  private State state;
  private @Nullable Segment last;
  private @Nullable String stoppedBy;

  /**
   * A cutter at the beginning of a text.
   *
   * @param tags how the tags are spelled that are taken out; null to leave them
   * @param reasons whether reasoning is told apart
   * @param thinking whether the prompt ends within the reasoning
   */
  public PieceCutter(
      @Nullable TagSpelling tags,
      boolean reasons,
      boolean thinking,
      Stops stops,
      Consumer<Piece> sink) {
    this.tags = tags == null ? null : new TagAutomaton(tags);
    this.state = !reasons ? State.ANSWER : thinking ? State.REASONING : State.BEFORE;
    this.stops = stops;
    this.sink = sink;
  }

  /** Whether what follows a prompt begins within the reasoning: the prompt has opened it. */
  public static boolean endsInReasoning(Prompt prompt) {
    return prompt.text().stripTrailing().endsWith(THINK);
  }

  /** Takes what an author wrote next. */
  public void write(Author author, String text) {
    if (stoppedBy != null) {
      return;
    }
    Segment by = last;
    if (by == null || by.author() != author) {
      by = new Segment(author, by == null ? 0 : by.segment() + 1);
      last = by;
    }
    if (tags == null) {
      pending.add(by, text);
    } else {
      came.add(by, text);
      settle(tags.feed(text));
    }
    giveOut(false);
  }

  /** Ends the text: what was held back is no mark after all. */
  public void finish() {
    if (stoppedBy == null) {
      if (tags != null) {
        settle(tags.finish());
      }
      giveOut(true);
    }
  }

  /** The stop text that ended it, or null. */
  public @Nullable String stoppedBy() {
    return stoppedBy;
  }

  /** Whether the text is within its reasoning. */
  public boolean reasons() {
    return state == State.REASONING;
  }

  /** All that was given out. */
  public Texts texts() {
    return new Texts(reasoning.toString(), answer.toString());
  }

  private void settle(List<TagEvent> events) {
    for (TagEvent event : events) {
      int length = event.end() - event.start();
      came.take(length, event instanceof TagEvent.Text ? pending::add : (by, tag) -> {});
    }
  }

  private void giveOut(boolean last) {
    String stop = firstStop();
    int certain = last ? pending.length() : pending.length() - held();
    if (stop != null) {
      certain = pending.indexOf(stop) + (stops.included() ? stop.length() : 0);
    }
    if (state == State.BEFORE) {
      int before = pending.length();
      if (!begin(last || stop != null)) {
        return;
      }
      certain = Math.max(0, certain - (before - pending.length()));
    }
    int end = state == State.REASONING ? pending.indexOf(END_OF_THINKING) : -1;
    if (end >= 0 && end + END_OF_THINKING.length() <= certain) {
      give(end);
      drop(END_OF_THINKING.length());
      state = State.ANSWER;
      certain -= end + END_OF_THINKING.length();
    }
    give(certain);
    stoppedBy = stop;
  }

  /** Of the stop texts that are there, the one that begins first; null if none is. */
  private @Nullable String firstStop() {
    String first = null;
    for (String stop : stops.texts()) {
      int at = pending.indexOf(stop);
      if (at >= 0 && (first == null || at < pending.indexOf(first))) {
        first = stop;
      }
    }
    return first;
  }

  /** The length of the end that may still become a mark. */
  private int held() {
    int held = state == State.REASONING ? pending.beginningOf(END_OF_THINKING) : 0;
    for (String stop : stops.texts()) {
      held = Math.max(held, pending.beginningOf(stop));
    }
    return held;
  }

  /** Sees whether the text begins with the mark of reasoning; gives whether that is certain. */
  private boolean begin(boolean over) {
    String text = pending.text();
    String begun = text.stripLeading();
    if (begun.startsWith(THINK)) {
      drop(text.length() - begun.length() + THINK.length());
      state = State.REASONING;
      return true;
    }
    if (THINK.startsWith(begun) && !over) {
      return false;
    }
    state = State.ANSWER;
    return true;
  }

  private void drop(int characters) {
    pending.take(characters, (by, mark) -> {});
  }

  private void give(int characters) {
    boolean reasons = state == State.REASONING;
    pending.take(
        characters,
        (by, text) -> {
          (reasons ? reasoning : answer).append(text);
          Channel channel = reasons ? Channel.REASONING : Channel.ANSWER;
          sink.accept(new Piece(channel, by.author(), by.segment(), text));
        });
  }
}
