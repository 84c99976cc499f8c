package dev.splitreason.core.prompt.jinja;

/** A template that cannot be read or rendered, or that refuses what it is given. */
public final class JinjaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JinjaException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
