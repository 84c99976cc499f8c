/**
 * Answers that are kept with their questions, where the settings say so.
 *
 * <p>Works on finished answers and a DuckDB database of its own; gives them back to whoever asked,
 * newest first. It deliberately knows nothing about how answers come to be, and shows nobody
 * another key's.
 */
@NullMarked
package dev.splitreason.server.history;

import org.jspecify.annotations.NullMarked;
