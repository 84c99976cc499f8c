package dev.splitreason.files.jsonl;

/** A line does not hold what it should; the message completes "line 7 …". */
public final class MalformedLineException extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedLineException(String message) {
    super(message.lines().findFirst().orElse(message));
  }
}
