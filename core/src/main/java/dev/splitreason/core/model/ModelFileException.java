package dev.splitreason.core.model;

import dev.splitreason.core.error.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder of a model cannot be read or written; the message is one line that begins with
 * its path.
 */
public final class ModelFileException extends Failure {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_PROBLEM = 300;

  public ModelFileException(Path file, String problem) {
    this(file, problem, null);
  }

  public ModelFileException(Path file, String problem, @Nullable Throwable cause) {
    super(file + ": " + oneLine(problem), cause);
  }

  /** What went wrong with a file, in words for people. */
  public static ModelFileException of(Path file, String action, IOException cause) {
    String reason =
        switch (cause) {
          case NoSuchFileException _ -> "no such file or folder";
          case AccessDeniedException _ -> "permission denied";
          default -> String.valueOf(cause.getMessage());
        };
    return new ModelFileException(file, action + ": " + reason, cause);
  }

  /** Problems quote names from damaged files, which may hold anything. */
  private static String oneLine(String problem) {
    String printable = problem.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
    return printable.length() <= LONGEST_PROBLEM
        ? printable
        : printable.substring(0, LONGEST_PROBLEM) + " …";
  }
}
