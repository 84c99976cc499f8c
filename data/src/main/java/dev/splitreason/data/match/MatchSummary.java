package dev.splitreason.data.match;

/**
 * What a run over files did.
 *
 * @param traces lines written
 * @param snippets snippets of these traces
 * @param unmatched snippets found nowhere
 * @param spans spans written, after merging
 * @param problems lines of the inputs that could not be used
 */
public record MatchSummary(long traces, long snippets, long unmatched, long spans, long problems) {}
