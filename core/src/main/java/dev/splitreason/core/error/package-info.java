/**
 * What can go wrong that is nobody's programming error.
 *
 * <p>Works on what was asked for and could not be done; gives back one line that says what is
 * wrong, where, and what to do, under a type that says whose part the next step is. It deliberately
 * does not know who shows the line, nor with what status a program then ends.
 */
@NullMarked
package dev.splitreason.core.error;

import org.jspecify.annotations.NullMarked;
