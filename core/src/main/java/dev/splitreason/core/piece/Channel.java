package dev.splitreason.core.piece;

/** What a piece of text is part of. */
public enum Channel {
  /** The chain of thought. */
  REASONING,
  /** What is told the user. */
  ANSWER
}
