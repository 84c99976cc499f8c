/**
 * Ctrl-C and polite kills.
 *
 * <p>Works on the process's signals; gives commands the time to keep what they have. It
 * deliberately knows nothing about what a command does.
 */
@NullMarked
package dev.splitreason.cli.interrupt;

import org.jspecify.annotations.NullMarked;
