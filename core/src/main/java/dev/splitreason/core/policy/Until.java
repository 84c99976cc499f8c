package dev.splitreason.core.policy;

import java.util.List;

/** What in the text of a turn ends it before its limit. */
public sealed interface Until {

  /** Nothing: only the limit. */
  record Limit() implements Until {}

  /** The end of a step: a line break. */
  record Step() implements Until {}

  /**
   * The end of a sentence: a line break, or a full stop, question or exclamation mark before white
   * space.
   */
  record Sentence() implements Until {}

  /**
   * The end of one of some words, in any case.
   *
   * @param words in lower case, none of them empty
   */
  record Cue(List<String> words) implements Until {
    public Cue {
      words = List.copyOf(words);
    }
  }
}
