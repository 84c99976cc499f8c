/**
 * {@code splitreason show}: single traces in the terminal.
 *
 * <p>Works on files and names of traces; gives back their texts with the spans highlighted. It
 * deliberately knows nothing about how spans are told from the rest: that is {@link
 * dev.splitreason.data.tagged.TaggedText}.
 */
@NullMarked
package dev.splitreason.cli.show;

import org.jspecify.annotations.NullMarked;
