/**
 * What policies give on pairs of real models.
 *
 * <p>Works on the answers that evaluations kept; gives back one table over all of them. It
 * deliberately asks no model: the command that users have does.
 */
@NullMarked
package dev.splitreason.benchmarks.pairs;

import org.jspecify.annotations.NullMarked;
