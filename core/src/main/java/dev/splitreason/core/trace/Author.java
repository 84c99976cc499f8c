package dev.splitreason.core.trace;

import java.util.Locale;

/** Which of the pair's two models wrote something. */
public enum Author {
  SMALL,
  LARGE;

  /** The author's name in JSON: {@code small} or {@code large}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
