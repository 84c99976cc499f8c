/**
 * Split decoding: one chain of thought, written by two models in turn.
 *
 * <p>Works on a {@link Pair} of models, a conversation and options; gives back a {@link
 * dev.splitreason.core.trace.Trace}. It deliberately knows nothing about engines, files, or how the
 * small model learned to place its tags. Start at {@link SplitDecoder}.
 */
@NullMarked
package dev.splitreason.core.split;

import org.jspecify.annotations.NullMarked;
