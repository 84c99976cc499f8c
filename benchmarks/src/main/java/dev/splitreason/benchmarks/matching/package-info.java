/**
 * Snippet matching beside Python's difflib.
 *
 * <p>Works on traces that it makes and on careless copies of their parts; gives back how many are
 * found again by each, how exactly and how fast. It deliberately knows nothing about annotators.
 * Start at {@link dev.splitreason.benchmarks.matching.SnippetMatching}.
 */
@NullMarked
package dev.splitreason.benchmarks.matching;

import org.jspecify.annotations.NullMarked;
