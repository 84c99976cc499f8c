/**
 * Groups of options that several commands share.
 *
 * <p>Works on the command line; gives back settings. It deliberately knows nothing about what a
 * command does with them.
 */
@NullMarked
package dev.splitreason.cli.options;

import org.jspecify.annotations.NullMarked;
