package dev.splitreason.files.jsonl;

/**
 * A line does not hold what it should; the message completes "line 7 …". Whoever reads the file
 * decides whether the line is passed over and counted, or ends everything: as a {@link
 * dev.splitreason.core.error.UserMistake} where the file was named for its lines' sake, as a {@link
 * dev.splitreason.core.error.Failure} where it is data.
 */
public final class MalformedLineException extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedLineException(String message) {
    super(message.lines().findFirst().orElse(message));
  }

  /** What follows on "line 7"; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
