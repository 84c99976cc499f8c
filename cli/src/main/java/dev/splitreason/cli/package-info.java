/**
 * The {@code splitreason} command.
 *
 * <p>Works on the command line, stdin and the configuration file; gives back text or one JSON
 * document on stdout, one line an error on stderr, and an exit status. It deliberately knows
 * nothing about how anything is done: commands parse, call, print. Start at {@link
 * dev.splitreason.cli.Main}.
 */
@NullMarked
package dev.splitreason.cli;

import org.jspecify.annotations.NullMarked;
