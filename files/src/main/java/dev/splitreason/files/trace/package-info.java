/**
 * Traces as files: one JSON line an answer, and the one place that knows how a trace is written.
 *
 * <p>Works on core's traces and what was asked for; gives back lines, and reads them back without
 * loss. It deliberately knows nothing about the command line, so that whatever reads traces can
 * take it as it is.
 */
@NullMarked
package dev.splitreason.files.trace;

import org.jspecify.annotations.NullMarked;
