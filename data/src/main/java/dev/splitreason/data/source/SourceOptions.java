package dev.splitreason.data.source;

import org.jspecify.annotations.Nullable;

/**
 * What to read of a data set.
 *
 * @param columns which columns hold what
 * @param filter an SQL condition on the source's own columns, or null for all rows
 * @param sample how many rows to draw from those, or 0 for all
 * @param seed of the draw: the same seed draws the same rows
 */
public record SourceOptions(Columns columns, @Nullable String filter, long sample, long seed) {

  /** Everything, by the usual column names. */
  public static final SourceOptions ALL = new SourceOptions(Columns.USUAL, null, 0, 0);

  public SourceOptions {
    if (sample < 0) {
      throw new IllegalArgumentException("a sample has 0 (for all) or more rows, not " + sample);
    }
  }
}
