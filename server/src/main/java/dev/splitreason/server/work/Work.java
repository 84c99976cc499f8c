package dev.splitreason.server.work;

import dev.splitreason.core.trace.Author;

/**
 * A time in which a model worked for an answer, or waited for others' work on the same model.
 *
 * @param start seconds from the answer's beginning
 * @param end seconds from the answer's beginning
 */
public record Work(Author author, Kind kind, double start, double end) {

  /** What is done. */
  public enum Kind {
    /** Text is read that is there already: the prompt, or what the other model wrote. */
    PREFILL("prefill"),
    /** The other model's text is read along, to see where it should end. */
    SCORE("score"),
    /** Tokens are written. */
    DECODE("decode");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** As documents have it. */
    public String label() {
      return label;
    }
  }
}
