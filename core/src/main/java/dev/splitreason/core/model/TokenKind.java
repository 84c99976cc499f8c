package dev.splitreason.core.model;

/** What an id of a vocabulary is for. */
public enum TokenKind {
  /** Ordinary text is made of these. */
  TEXT,
  /**
   * Scaffold, such as {@code <|im_start|>} or {@code </think>}: ordinary text never becomes it,
   * {@link Tokenizer#tokenizeWithControl} reads its spelling as one token.
   */
  CONTROL,
  /** Nothing: a row that fills the matrices up. */
  UNUSED
}
