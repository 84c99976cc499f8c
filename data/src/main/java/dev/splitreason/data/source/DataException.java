package dev.splitreason.data.source;

import dev.splitreason.core.error.Failure;
import dev.splitreason.core.file.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Data cannot be read or written; the message is one line that a user understands. */
public final class DataException extends Failure {

  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    this(message, null);
  }

  public DataException(String message, @Nullable Throwable cause) {
    super(firstLine(message), cause);
  }

  /** What failed, and the first line of what the cause says, which may have told the file too. */
  public static DataException of(String what, Throwable cause) {
    String why = why(cause);
    int named = why.indexOf(": ");
    boolean told = named > 0 && what.endsWith(" " + why.substring(0, named));
    return new DataException(told ? why : what + ": " + why, cause);
  }

  private static String why(Throwable cause) {
    return switch (cause) {
      case IOException failed -> FileProblem.of(failed);
      case UncheckedIOException failed -> FileProblem.of(failed);
      case SQLException failed -> Duck.complaint(failed);
      default -> cause.getMessage() == null ? "an error without a word" : cause.getMessage();
    };
  }

  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse(message).strip();
  }
}
