package dev.splitreason.core.prompt.jinja;

/** What stands where there is no value. */
public enum Nothing {
  /** Python's None. */
  NONE("None"),
  /** A name or a key that is not there. */
  UNDEFINED("");

  private final String text;

  Nothing(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
