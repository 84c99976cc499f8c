package dev.splitreason.data.stats;

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
   * Reads a source to its end.
   *
   * @param tokens counts the tokens of a text, or null to take the counts that traces bring along,
   *     if they do
   */
  public static StatisticsReport of(
      TraceSource source, TraceFilter filter, @Nullable ToIntFunction<String> tokens, long seed) {
    var all = new StatisticsCollector(tokens, seed);
    var kept = new StatisticsCollector(tokens, seed);
    for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
      all.add(trace.id(), trace.tagged());
      if (filter.keeps(trace.tagged())) {
        kept.add(trace.id(), trace.tagged());
      }
    }
    return new StatisticsReport(all.finish(), kept.finish());
  }

  /** Whether the filter keeps every trace, so that there is nothing to tell apart. */
  boolean keepsAll() {
    return kept.traces() == all.traces();
  }
}
