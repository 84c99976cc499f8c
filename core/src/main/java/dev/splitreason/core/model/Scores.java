package dev.splitreason.core.model;

/**
 * What a model thinks of a run of n tokens. Position p in 0 … n is the place after the first p
 * tokens of the run: position 0 is before the run, position n after its last token.
 * Log-probabilities are natural logarithms at temperature 1, before any bias. Arrays that were not
 * asked for are empty.
 *
 * @param logProbs shape [n]: log-probability of run token i given everything before it
 * @param watched shape [n + 1][watch]: log-probabilities of the watched ids as the next token at
 *     each position
 * @param entropy shape [n + 1]: entropy in nats of the next-token distribution at each position
 * @param drawn shape [n + 1]: the id the sampler draws at each position
 */
public record Scores(float[] logProbs, float[][] watched, float[] entropy, int[] drawn) {}
