package dev.splitreason.core.gguf;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A GGUF file cannot be read or written; the message is one line that begins with its path. */
public final class GgufException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_PROBLEM = 300;

  GgufException(Path file, String problem) {
    this(file, problem, null);
  }

  GgufException(Path file, String problem, @Nullable Throwable cause) {
    super(file + ": " + oneLine(problem), cause);
  }

  static GgufException of(Path file, String action, IOException cause) {
    String reason =
        switch (cause) {
          case NoSuchFileException e -> "no such file or folder";
          case AccessDeniedException e -> "permission denied";
          default -> String.valueOf(cause.getMessage());
        };
    return new GgufException(file, action + ": " + reason, cause);
  }

  /** Problems quote names from damaged files, which may hold anything. */
  private static String oneLine(String problem) {
    String printable = problem.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
    return printable.length() <= LONGEST_PROBLEM
        ? printable
        : printable.substring(0, LONGEST_PROBLEM) + " …";
  }
}
