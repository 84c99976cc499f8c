/**
 * What a user reads when something is wrong.
 *
 * <p>Works on exceptions of any layer; gives back one clear line on stderr and an exit status. It
 * deliberately knows nothing about what a command does.
 */
@NullMarked
package dev.splitreason.cli.error;

import org.jspecify.annotations.NullMarked;
