/**
 * Problems with reference answers: generated, from files, or from the data sets of the field.
 *
 * <p>Works on a benchmark's name or file; gives back {@link dev.splitreason.data.problem.Problem}s
 * in a fixed order. It deliberately knows nothing about models, and holds no problem text of
 * others. Start at {@link dev.splitreason.data.problem.Benchmarks}.
 */
@NullMarked
package dev.splitreason.data.problem;

import org.jspecify.annotations.NullMarked;
