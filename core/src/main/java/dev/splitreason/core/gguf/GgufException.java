package dev.splitreason.core.gguf;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A GGUF file cannot be read or written; the message is one line that begins with its path. */
public final class GgufException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GgufException(Path file, String problem) {
    this(file, problem, null);
  }

  GgufException(Path file, String problem, @Nullable Throwable cause) {
    super(file + ": " + problem, cause);
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
}
