/**
 * {@code splitreason ask}: one question, one answer, while it is written.
 *
 * <p>Works on a question and an opened pair; gives back text, JSON and traces. It deliberately
 * knows nothing about how turns are taken: that is {@link dev.splitreason.core.split.SplitDecoder}.
 */
@NullMarked
package dev.splitreason.cli.ask;

import org.jspecify.annotations.NullMarked;
