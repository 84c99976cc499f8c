package dev.splitreason.data.annotate;

/** No further trace can or may be annotated; the message says why in a line. */
public final class StopRunException extends Exception {

  private static final long serialVersionUID = 1L;

  StopRunException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
