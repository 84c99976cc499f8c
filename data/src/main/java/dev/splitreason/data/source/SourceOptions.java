package dev.splitreason.data.source;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a data set.
 *
 * @param columns which columns hold what
 * @param filter an SQL condition on the source's own columns, or null for all rows
 * @param sample how many rows to draw from those, or 0 for all
 * @param seed of the draw: the same seed draws the same rows
 * @param tags how the source spells its tags
 */
public record SourceOptions(
    Columns columns, @Nullable String filter, long sample, long seed, TagSpelling tags) {

  /** Everything, by the usual column names. */
  public static final SourceOptions ALL = new SourceOptions(Columns.USUAL, null, 0, 0);

  /** Of a source with the usual tags. */
  public SourceOptions(Columns columns, @Nullable String filter, long sample, long seed) {
    this(columns, filter, sample, seed, TagSpelling.BIGMODEL);
  }

  public SourceOptions {
    if (sample < 0) {
      throw new UserMistake("a sample has 0 (for all) or more rows, not " + sample);
    }
  }
}
