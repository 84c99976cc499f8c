package dev.splitreason.core.model;

import dev.splitreason.core.error.Failure;
import org.jspecify.annotations.Nullable;

/** A model could not do what was asked; the message is one line that a user understands. */
public class ModelException extends Failure {

  private static final long serialVersionUID = 1L;

  /** Why a model failed, for callers that react to it. */
  public enum Kind {
    /** The model cannot be loaded: missing, broken or of the wrong kind. */
    NOT_LOADABLE,
    /** The sequence is longer than the model's context. */
    CONTEXT_OVERFLOW,
    /** No room for this sequence beside the others now. */
    OUT_OF_CAPACITY,
    /** The model is closed, its server is gone, or computing failed. */
    UNAVAILABLE
  }

  private final Kind kind;

  public ModelException(Kind kind, String message) {
    this(kind, message, null);
  }

  public ModelException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Why the model failed. */
  public Kind kind() {
    return kind;
  }
}
