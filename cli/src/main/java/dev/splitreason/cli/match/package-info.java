/**
 * {@code splitreason match}: finds snippets in the traces they were copied from.
 *
 * <p>Works on options; gives back files and a summary. It deliberately knows nothing about how
 * snippets are found.
 */
@NullMarked
package dev.splitreason.cli.match;

import org.jspecify.annotations.NullMarked;
