package dev.splitreason.data.source;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
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

  /** What is said here, by the names of the options that say it. */
  SequencedMap<String, String> settings() {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    put(settings, "--id-column", columns.id());
    put(settings, "--problem-column", columns.problem());
    put(settings, "--answer-column", columns.answer());
    put(settings, "--trace-column", columns.trace());
    put(settings, "--filter", filter);
    if (sample > 0) {
      settings.put("--sample", Long.toString(sample));
      settings.put("--seed", Long.toString(seed));
    }
    if (!tags.equals(TagSpelling.BIGMODEL)) {
      settings.put("the source's tags", tags.open() + " " + tags.close());
    }
    return settings;
  }

  private static void put(
      SequencedMap<String, String> settings, String name, @Nullable String value) {
    if (value != null) {
      settings.put(name, value);
    }
  }
}
