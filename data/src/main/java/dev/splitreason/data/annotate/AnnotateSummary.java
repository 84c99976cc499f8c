package dev.splitreason.data.annotate;

import dev.splitreason.data.store.Status;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param byStatus traces of this run by what became of them
 * @param resumed traces that an earlier run had finished
 * @param skipped rows of the source without a trace to use
 * @param cost tokens and money of this run
 * @param stoppedBecause why the run ended before the source did, or null
 */
public record AnnotateSummary(
    Map<Status, Long> byStatus,
    long resumed,
    long skipped,
    Annotation.Cost cost,
    @Nullable String stoppedBecause) {}
