package dev.splitreason.core.tag;

import dev.splitreason.core.tag.TagEvent.Kind;
import dev.splitreason.core.tag.TagEvent.Tag;
import dev.splitreason.core.tag.TagEvent.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds tags in text that streams in, wherever the pieces' borders are, and gives out all other
 * text as soon as it cannot become part of a tag.
 *
 * <p>Tags are found from left to right and do not overlap. What they mean in that order is not
 * asked here; see {@link TagStructure}. Not thread-safe.
 */
public final class TagAutomaton {

  private final TagMatcher open;
  private final TagMatcher close;
  private String held = "";
  private int position;

  /** An automaton at the beginning of a stream. */
  public TagAutomaton(TagSpelling tags) {
    open = new TagMatcher(tags.open());
    close = new TagMatcher(tags.close());
  }

  /** Takes the next piece of the stream and gives what is certain now, in order. */
  public List<TagEvent> feed(String piece) {
    List<TagEvent> events = new ArrayList<>();
    String text = held + piece;
    int offset = position - held.length();
    int from = 0;
    for (int i = held.length(); i < text.length(); i++) {
      // Neither tag contains the other, so at most one ends here and it began first.
      boolean opens = open.endsWith(text.charAt(i));
      boolean closes = close.endsWith(text.charAt(i));
      if (!opens && !closes) {
        continue;
      }
      int end = i + 1;
      int start = end - (opens ? open : close).matched();
      addText(events, text, from, start, offset);
      events.add(new Tag(opens ? Kind.OPEN : Kind.CLOSE, offset + start, offset + end));
      from = end;
      open.reset();
      close.reset();
    }
    int certain = text.length() - Math.max(open.matched(), close.matched());
    addText(events, text, from, certain, offset);
    held = text.substring(certain);
    position += piece.length();
    return events;
  }

  /** The end of the stream so far that may still become a tag. */
  public String held() {
    return held;
  }

  /** Ends the stream: what is held is text after all. Then a new stream may begin. */
  public List<TagEvent> finish() {
    List<TagEvent> events = new ArrayList<>();
    addText(events, held, 0, held.length(), position - held.length());
    held = "";
    position = 0;
    open.reset();
    close.reset();
    return events;
  }

  private static void addText(List<TagEvent> events, String text, int from, int to, int offset) {
    if (to > from) {
      events.add(new Text(text.substring(from, to), offset + from, offset + to));
    }
  }
}
