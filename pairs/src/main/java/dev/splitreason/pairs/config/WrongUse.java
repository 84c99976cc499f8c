package dev.splitreason.pairs.config;

/**
 * The command was used wrongly: an option, a configuration file or the question. The message is the
 * one line that the user reads; it names the value and what to do.
 */
public final class WrongUse extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WrongUse(String message) {
    super(message);
  }

  public WrongUse(String message, Throwable cause) {
    super(message, cause);
  }
}
