package dev.splitreason.core.prompt;

import dev.splitreason.core.error.Failure;

/** A template's file is not there, or cannot be read as text. */
public final class TemplateFileException extends Failure {

  private static final long serialVersionUID = 1L;

  TemplateFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
