package dev.splitreason.core.trace;

/** Why an answer ended. */
public enum FinishReason {
  /** A model ended the text. */
  STOP("stop"),
  /** The token budget or the context is used up. */
  LENGTH("length"),
  /** The time budget is used up. */
  TIMEOUT("timeout"),
  /** The caller cancelled. */
  CANCELLED("cancelled");

  private final String label;

  FinishReason(String label) {
    this.label = label;
  }

  /** The reason's name in JSON. */
  public String label() {
    return label;
  }
}
