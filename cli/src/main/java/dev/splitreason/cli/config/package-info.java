/**
 * Which models and pairs there are, and how a request is answered unless it says otherwise.
 *
 * <p>Works on {@code splitreason.yaml} and on where the command is installed; gives back a {@link
 * dev.splitreason.cli.config.Config} of plain records. It deliberately knows nothing about the
 * command line, and opens no model.
 */
@NullMarked
package dev.splitreason.cli.config;

import org.jspecify.annotations.NullMarked;
