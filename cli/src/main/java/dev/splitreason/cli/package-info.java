/** The {@code splitreason} command: parses arguments, calls the library, prints. */
@NullMarked
package dev.splitreason.cli;

import org.jspecify.annotations.NullMarked;
