/**
 * What hand-offs cost: one answer that is known beforehand, decoded by two real models in every way
 * there is.
 *
 * <p>Works on two models of one vocabulary and a {@link dev.splitreason.evaluation.handoff.Script};
 * gives back the time of each way beside the ideal. It deliberately does not know what the tokens
 * mean: they are forced upon the models, whose passes are those of real decoding.
 */
@NullMarked
package dev.splitreason.evaluation.handoff;

import org.jspecify.annotations.NullMarked;
