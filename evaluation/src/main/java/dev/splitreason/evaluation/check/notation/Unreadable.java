package dev.splitreason.evaluation.check.notation;

/** Says that a text is not mathematics as {@link AnswerReader} knows it. */
final class Unreadable extends RuntimeException {

  static final Unreadable INSTANCE = new Unreadable();

  private Unreadable() {
    super("not readable as mathematics", null, false, false);
  }
}
