/**
 * Annotated data sets on disk.
 *
 * <p>Works on annotated traces as they come, in any order; gives back a journal that survives being
 * killed, and from it a Parquet or JSONL file in the source's order. It deliberately knows nothing
 * about how traces were annotated.
 */
@NullMarked
package dev.splitreason.data.store;

import org.jspecify.annotations.NullMarked;
