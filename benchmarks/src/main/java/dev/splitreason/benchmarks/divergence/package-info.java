/**
 * The divergence annotator on chain arithmetic.
 *
 * <p>Works on chain traces and the bundled models; gives back how much of what is hard is marked,
 * and how much of what is marked is hard. It deliberately knows nothing about training on it.
 */
@NullMarked
package dev.splitreason.benchmarks.divergence;

import org.jspecify.annotations.NullMarked;
