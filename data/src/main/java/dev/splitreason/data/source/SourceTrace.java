package dev.splitreason.data.source;

import dev.splitreason.data.tagged.TaggedText;
import org.jspecify.annotations.Nullable;

/**
 * One reasoning trace of a data set.
 *
 * @param row its number in the source, from 1, before any filter or sample
 * @param id the source's own name for it, or {@code row-N}
 * @param problem the question, or null if the source has none
 * @param answer the reference answer, or null if the source has none
 * @param tagged the trace, with the spans that are tagged in the source
 */
public record SourceTrace(
    long row, String id, @Nullable String problem, @Nullable String answer, TaggedText tagged) {

  /** The trace without tags. */
  public String text() {
    return tagged.text();
  }
}
