package dev.splitreason.engine.openai;

import dev.splitreason.core.model.Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * What a server was seen to be and to do.
 *
 * @param kind which program answers
 * @param contextLength tokens a session may hold; 0 if it does not say
 * @param parameters the number of weights, or 0 if it does not say
 * @param chatTemplate the chat template in use there (Jinja source), or null if it does not say
 * @param tokenizer null where only text is exchanged
 * @param scoring whether it tells the log-probabilities of a prompt's tokens, by their ids
 * @param logitBias whether a logit bias by id changes what is written
 */
record ServerTraits(
    ServerKind kind,
    int contextLength,
    long parameters,
    @Nullable String chatTemplate,
    @Nullable ServedTokenizer tokenizer,
    boolean scoring,
    boolean logitBias) {

  Capabilities capabilities() {
    return new Capabilities(tokenizer != null, scoring, logitBias, false);
  }
}
