/**
 * Where a command's output goes.
 *
 * <p>Works on text and JSON; gives back bytes on stdout, always UTF-8, and tells when the reader is
 * gone. It deliberately knows nothing about answers, models or options.
 */
@NullMarked
package dev.splitreason.cli.output;

import org.jspecify.annotations.NullMarked;
