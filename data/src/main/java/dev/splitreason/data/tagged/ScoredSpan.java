package dev.splitreason.data.tagged;

/**
 * A stretch of a text that snippets were found in.
 *
 * @param start offset of its first UTF-16 unit
 * @param end offset behind its last UTF-16 unit
 * @param score similarity of what stands there to the snippet, 0 … 1; the lowest one where several
 *     snippets were merged
 */
public record ScoredSpan(int start, int end, double score) {

  /** The same stretch with its score. */
  public ScoredSpan(Span span, double score) {
    this(span.start(), span.end(), score);
  }

  /** The stretch alone. */
  public Span span() {
    return new Span(start, end);
  }
}
