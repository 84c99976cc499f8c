package dev.splitreason.core.tag;

/** A stretch of a stream of text: plain text, or a tag. Offsets are UTF-16 units of the stream. */
public sealed interface TagEvent {

  /** Where it begins. */
  int start();

  /** Where it ends, exclusive. */
  int end();

  /** Which of the two tags. */
  enum Kind {
    OPEN,
    CLOSE
  }

  /**
   * Text that is certainly no part of a tag.
   *
   * @param text its characters, never empty
   */
  record Text(String text, int start, int end) implements TagEvent {}

  /** A whole tag. */
  record Tag(Kind kind, int start, int end) implements TagEvent {}
}
