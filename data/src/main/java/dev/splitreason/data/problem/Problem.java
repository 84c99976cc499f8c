package dev.splitreason.data.problem;

import org.jspecify.annotations.Nullable;

/**
 * One problem of a benchmark.
 *
 * @param id unique in its benchmark
 * @param text what the models are asked
 * @param answer the reference answer
 * @param difficulty the group it is counted in, or null if the benchmark has no groups
 */
public record Problem(String id, String text, String answer, @Nullable String difficulty) {}
