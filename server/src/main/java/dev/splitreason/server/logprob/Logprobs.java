package dev.splitreason.server.logprob;

import java.util.List;

/**
 * What a request's tokens were found to be.
 *
 * @param prompt empty unless asked for
 * @param answer every token that was kept, the reasoning's and the tags included
 */
public record Logprobs(List<ScoredToken> prompt, List<ScoredToken> answer) {}
