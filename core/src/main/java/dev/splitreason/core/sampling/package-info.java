/**
 * How a token is drawn from logits.
 *
 * <p>Works on one row of logits and the tokens before it; gives back one token id. It deliberately
 * knows nothing about models or sessions: a draw is a function of logits, options, seed and
 * position, so that the same place in a text always draws the same token, whatever was tried,
 * dropped or batched with it before.
 */
@NullMarked
package dev.splitreason.core.sampling;

import org.jspecify.annotations.NullMarked;
