package dev.splitreason.evaluation.run;

/** A model has not answered for as long as a run waits; the message is one line. */
public final class ModelGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ModelGoneException(String message) {
    super(message);
  }
}
