package dev.splitreason.data.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a trace. Only annotated ones are training data. */
public enum Status {
  /** It has spans. */
  ANNOTATED,
  /** The annotator declined. */
  REFUSED,
  /** The annotator answered nothing, or found nothing hard. */
  EMPTY,
  /** The annotator's answer does not have the form that was asked for. */
  MALFORMED,
  /** None of the annotator's snippets stands in the trace. */
  UNMATCHED,
  /** The annotator could not be reached, broke or was cut off; a later run tries again. */
  FAILED;

  /** The status in files: lower case. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a later run leaves the trace alone. */
  public boolean isFinal() {
    return this != FAILED;
  }
}
