/**
 * Problems with reference answers: generated, from files, or from the data sets of the field.
 *
 * <p>Works on a benchmark's name or file; gives back {@link
 * dev.splitreason.evaluation.benchmark.Problem}s in a fixed order. It deliberately knows nothing
 * about models, and holds no problem text of others. Start at {@link
 * dev.splitreason.evaluation.benchmark.Benchmarks}.
 */
@NullMarked
package dev.splitreason.evaluation.benchmark;

import org.jspecify.annotations.NullMarked;
