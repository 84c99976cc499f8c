/**
 * Traces as files: one JSON line an answer.
 *
 * <p>Works on core's traces and what was asked for; gives back lines, and reads them back without
 * loss. It deliberately knows nothing about the command line, so that whatever reads traces can
 * take it as it is.
 */
@NullMarked
package dev.splitreason.cli.trace;

import org.jspecify.annotations.NullMarked;
