package dev.splitreason.pairs.hub;

import dev.splitreason.core.model.ModelException;
import org.jspecify.annotations.Nullable;

/** What was asked of the hub cannot be had; the message is one line that says what to do. */
public final class HubException extends ModelException {

  private static final long serialVersionUID = 1L;

  HubException(String message) {
    this(message, null);
  }

  HubException(String message, @Nullable Throwable cause) {
    super(Kind.NOT_LOADABLE, message, cause);
  }
}
