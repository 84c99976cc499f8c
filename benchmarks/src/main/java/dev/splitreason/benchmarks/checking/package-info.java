/**
 * Checking answers, many a minute.
 *
 * <p>Works on a table of judged pairs; gives back how many checks a core does in a minute, what
 * each method takes, and how many pairs are misjudged. It deliberately knows nothing about
 * benchmarks of models.
 */
@NullMarked
package dev.splitreason.benchmarks.checking;

import org.jspecify.annotations.NullMarked;
