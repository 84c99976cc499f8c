package dev.splitreason.cli.output;

import java.io.IOException;

/** Whoever read stdout has gone away, as {@code head -1} does after a line. */
public final class OutputClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OutputClosedException(IOException cause) {
    super("stdout is closed", cause);
  }
}
