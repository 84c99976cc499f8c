package dev.splitreason.answers.check;

import tools.jackson.databind.JsonNode;

/**
 * One line of a {@link CheckRun}'s output.
 *
 * @param id as the pair had it: a string or a whole number
 * @param equal whether its answer equals its reference
 * @param method what decided, see {@link Verdict}
 */
public record CheckedPair(JsonNode id, boolean equal, String method) {}
