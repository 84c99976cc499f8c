/**
 * How far a long command is.
 *
 * <p>Works on counts as they grow; gives back a bar on a terminal, and a line every few seconds
 * elsewhere, always on stderr. It deliberately knows nothing about what is counted.
 */
@NullMarked
package dev.splitreason.cli.progress;

import org.jspecify.annotations.NullMarked;
