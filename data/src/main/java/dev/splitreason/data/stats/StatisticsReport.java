package dev.splitreason.data.stats;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.source.TraceSource;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A data set before and after filtering.
 *
 * @param all every trace
 * @param kept those the filter keeps
 */
public record StatisticsReport(TraceStatistics all, TraceStatistics kept) {

  /**
   * Reads a source to its end; its traces are texts with tags.
   *
   * @param tokens counts the tokens of a text, or null to leave token counts out
   */
  public static StatisticsReport of(
      TraceSource source,
      TagSpelling tags,
      TraceFilter filter,
      @Nullable ToIntFunction<String> tokens,
      long seed) {
    var all = new StatisticsCollector(tokens, seed);
    var kept = new StatisticsCollector(tokens, seed);
    for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
      SpanLayout layout = SpanLayout.of(trace.id(), trace.text(), tags);
      all.add(layout);
      if (filter.keeps(layout)) {
        kept.add(layout);
      }
    }
    return new StatisticsReport(all.finish(), kept.finish());
  }
}
