package dev.splitreason.cli.error;

/** The exit statuses of every command. */
public final class ExitStatus {

  public static final int OK = 0;

  /** The command was right, but could not be carried out. */
  public static final int FAILURE = 1;

  /** The command was used wrongly. */
  public static final int WRONG_USE = 2;

  /** Ended by Ctrl-C: 128 + SIGINT, as shells count. */
  public static final int INTERRUPTED = 130;

  /** Whoever read stdout went away: 128 + SIGPIPE, as shells count. */
  public static final int OUTPUT_CLOSED = 141;

  private ExitStatus() {}
}
