package dev.splitreason.core.tag;

import dev.splitreason.core.error.UserMistake;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pair spells its tags.
 *
 * @param open hands over to the large model
 * @param close hands back to the small one
 */
public record TagSpelling(String open, String close) {

  /** The paper's spelling (arXiv 2504.16379, section 3). */
  public static final TagSpelling BIGMODEL = new TagSpelling("<bigmodel>", "</bigmodel>");

  public TagSpelling {
    if (open.isBlank() || close.isBlank() || open.contains(close) || close.contains(open)) {
      throw new UserMistake(
          "tags must be two texts that do not contain each other, not '"
              + open
              + "' and '"
              + close
              + "'");
    }
  }

  /** A text as a span: between the two tags. */
  public String wrap(String text) {
    return open + text + close;
  }

  /** A text with every tag removed, paired or not. */
  public String strip(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (TagEvent event : events(text)) {
      if (event instanceof TagEvent.Text(String kept, int _, int _)) {
        plain.append(kept);
      }
    }
    return plain.toString();
  }

  /**
   * A text of the same length in which close tags that are spelled with a backslash, as in the
   * published data set ({@code <\bigmodel>}), are proper ones.
   */
  public String normalise(String text) {
    return text.replace(close.replace('/', '\\'), close);
  }

  /** A finished text as tags and pieces of the text between them, in order and without gaps. */
  public List<TagEvent> events(String text) {
    TagAutomaton automaton = new TagAutomaton(this);
    List<TagEvent> events = new ArrayList<>(automaton.feed(text));
    events.addAll(automaton.finish());
    return events;
  }
}
