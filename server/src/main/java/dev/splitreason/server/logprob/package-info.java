/**
 * How likely models find the tokens of prompts and answers.
 *
 * <p>Works on a pair and the tokens of an answer that is finished; gives back natural logarithms of
 * probabilities at temperature 1, before any bias, which one forward pass of each model tells
 * exactly. It deliberately knows nothing about how the tokens were drawn.
 */
@NullMarked
package dev.splitreason.server.logprob;

import org.jspecify.annotations.NullMarked;
