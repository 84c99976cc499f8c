package dev.splitreason.server.logprob;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.trace.Author;

/**
 * A token of an answer.
 *
 * @param token by its author's vocabulary
 * @param tag whether it is of a tag, which the large model does not see
 */
public record WrittenToken(Author author, Token token, boolean tag) {}
