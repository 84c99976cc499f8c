/**
 * Which models and pairs there are, and how a request is answered unless it says otherwise.
 *
 * <p>Works on {@code splitreason.yaml} and on where the command is installed; gives back a {@link
 * dev.splitreason.pairs.config.Config} of plain records. It deliberately knows nothing about the
 * command line, and opens no model.
 */
@NullMarked
package dev.splitreason.pairs.config;

import org.jspecify.annotations.NullMarked;
