package dev.splitreason.server.logprob;

/**
 * Which logarithms of probabilities a request asks for.
 *
 * @param top how many of the likeliest tokens at each place
 * @param ofPrompt whether the prompt's tokens have theirs too
 * @param writes whether anything is written after the prompt
 */
public record WantedLogprobs(int top, boolean ofPrompt, boolean writes) {}
