/**
 * {@code splitreason serve}.
 *
 * <p>Works on options and the configuration; gives back a server that runs until the process is
 * asked to end. It deliberately knows nothing about routes.
 */
@NullMarked
package dev.splitreason.cli.serve;

import org.jspecify.annotations.NullMarked;
