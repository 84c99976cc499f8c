package dev.splitreason.core.error;

import org.jspecify.annotations.Nullable;

/**
 * What was asked could be meant, but could not be done: a file is damaged, a model cannot be
 * opened, a server is gone. The message is one line that says what failed. What has to change is
 * the file, the machine or the server, not what was asked.
 */
public abstract class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure and its cause, if another exception shows it. */
  protected Failure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
