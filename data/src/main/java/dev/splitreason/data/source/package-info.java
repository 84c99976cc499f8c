/**
 * Reasoning traces as they lie in data sets.
 *
 * <p>Works on Parquet, JSONL, JSON and CSV, from files, globs and HTTP(S) addresses; gives back one
 * {@link dev.splitreason.data.source.SourceTrace} after another, in memory that does not grow with
 * the data. It deliberately knows nothing about annotation. Start at {@link
 * dev.splitreason.data.source.TraceSource}.
 */
@NullMarked
package dev.splitreason.data.source;

import org.jspecify.annotations.NullMarked;
