package dev.splitreason.data.annotate;

import dev.splitreason.data.store.Status;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param rows of the data set: annotated traces of this run and earlier ones
 * @param share of the characters of all traces inside spans, where the spans were ranked; else null
 * @param byStatus traces of this run by what became of them
 * @param examples what the first trace of each status but {@link Status#ANNOTATED} came to, in a
 *     line
 * @param resumed traces that an earlier run had finished
 * @param outdated traces that an earlier run had finished, and that have changed since
 * @param skipped rows of the source without a trace to use
 * @param cost tokens and money of this run
 * @param stoppedBecause why the run ended before the source did, or null
 */
public record AnnotateSummary(
    long rows,
    @Nullable Double share,
    Map<Status, Long> byStatus,
    Map<Status, String> examples,
    long resumed,
    long outdated,
    long skipped,
    Annotation.Cost cost,
    @Nullable String stoppedBecause) {}
