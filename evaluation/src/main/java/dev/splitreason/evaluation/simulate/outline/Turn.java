package dev.splitreason.evaluation.simulate.outline;

import dev.splitreason.core.trace.Author;

/**
 * A run of an answer by one author.
 *
 * @param author who writes it
 * @param tokens tokens kept, tags included
 * @param tags how many of them are tags, which only the small model writes and sees
 */
public record Turn(Author author, int tokens, int tags) {

  public Turn {
    if (tokens < 0 || tags < 0 || tags > tokens) {
      throw new IllegalArgumentException(
          "a turn has 0 or more tokens, of which some may be tags, not "
              + tokens
              + " with "
              + tags
              + " tags");
    }
  }

  /** The tokens that are text: what the other model sees of it. */
  public int text() {
    return tokens - tags;
  }
}
