package dev.splitreason.data.annotate;

/**
 * How far a run is.
 *
 * @param finished traces that need no further work, of this run and earlier ones
 * @param annotated of this run, traces with spans
 * @param rejected of this run, traces without: refused, empty, malformed or unmatched
 * @param failed of this run, traces that a later run tries again
 * @param cost money this run spent
 */
public record AnnotationProgress(
    long finished, long annotated, long rejected, long failed, double cost) {}
