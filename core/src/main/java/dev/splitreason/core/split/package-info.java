/**
 * Split decoding: one chain of thought, written by two models in turn.
 *
 * <p>Works on a {@link Pair} of models, a conversation and options; gives back a {@link
 * dev.splitreason.core.trace.Trace}. It deliberately knows nothing about engines, files, or how the
 * small model learned to place its tags.
 *
 * <p>In reading order: {@link SplitDecoder} is the method. {@link SmallTurn} and {@link LargeTurn}
 * are its two steps; what both work with is in {@link Answer}: a {@link View} for each model, and
 * the {@link Recorder}. A small turn finds its tags by a {@link TagScan}. A large turn has a {@link
 * Reading}: when the small model reads it, how ({@link SpanReader}), and where that one closes it
 * ({@link CloseTest}).
 */
@NullMarked
package dev.splitreason.core.split;

import org.jspecify.annotations.NullMarked;
