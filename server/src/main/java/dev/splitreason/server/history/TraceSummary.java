package dev.splitreason.server.history;

/**
 * What a list tells of a kept answer.
 *
 * @param created in seconds since 1970
 * @param model as the client named it
 * @param question the last that was said before the answer
 * @param answer the final answer, without reasoning and tags
 * @param seconds it took, from its beginning
 */
record TraceSummary(
    String id,
    long created,
    String model,
    String question,
    String answer,
    double offloadRatio,
    double seconds,
    int smallTokens,
    int largeTokens,
    boolean degraded) {}
