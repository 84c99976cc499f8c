package dev.splitreason.simulator.outline;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;

/**
 * A run of an answer by one author.
 *
 * @param author who writes it
 * @param tokens tokens kept, tags included
 * @param tags how many of them are tags, which only the small model writes and sees
 */
public record OutlineTurn(Author author, int tokens, int tags) {

  public OutlineTurn {
    if (tokens < 0 || tags < 0 || tags > tokens) {
      throw new UserMistake(
          "a turn has 0 or more tokens, of which some may be tags, not "
              + tokens
              + " with "
              + tags
              + " tags");
    }
  }

  /**
   * The turn that a segment recorded.
   *
   * @param tags how tags are spelled in its text; each counts as one token
   */
  static OutlineTurn of(Segment segment, TagSpelling tags) {
    long written =
        segment.author() == Author.LARGE
            ? 0
            : tags.events(segment.text()).stream().filter(TagEvent.Tag.class::isInstance).count();
    return new OutlineTurn(
        segment.author(), segment.tokens(), (int) Math.min(written, segment.tokens()));
  }

  /** The tokens that are text: what the other model sees of it. */
  public int text() {
    return tokens - tags;
  }
}
