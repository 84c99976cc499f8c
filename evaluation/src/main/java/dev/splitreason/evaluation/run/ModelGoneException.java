package dev.splitreason.evaluation.run;

import dev.splitreason.core.model.ModelException;

/** A model has not answered for as long as a run waits; the message is one line. */
public final class ModelGoneException extends ModelException {

  private static final long serialVersionUID = 1L;

  ModelGoneException(String message) {
    super(Kind.UNAVAILABLE, message);
  }
}
