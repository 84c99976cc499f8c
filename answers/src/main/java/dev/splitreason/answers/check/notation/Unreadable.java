package dev.splitreason.answers.check.notation;

/** Says that a text is not mathematics as {@link AnswerReader} knows it. */
final class Unreadable extends RuntimeException {

  Unreadable() {
    super("not readable as mathematics", null, false, false);
  }
}
