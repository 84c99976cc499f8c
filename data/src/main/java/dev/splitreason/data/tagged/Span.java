package dev.splitreason.data.tagged;

/**
 * A stretch of a text.
 *
 * @param start offset of its first UTF-16 unit
 * @param end offset behind its last UTF-16 unit, at least {@code start}
 */
public record Span(int start, int end) {

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("a span cannot reach from " + start + " to " + end);
    }
  }

  /** The number of UTF-16 units. */
  public int length() {
    return end - start;
  }

  /** Whether the two share a UTF-16 unit. */
  public boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }
}
