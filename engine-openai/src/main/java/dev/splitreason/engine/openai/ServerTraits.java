package dev.splitreason.engine.openai;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.prompt.ChatTemplate;
import org.jspecify.annotations.Nullable;

/**
 * What a server was seen to be and to do.
 *
 * @param kind which program answers
 * @param contextLength tokens a session may hold; 0 if it does not say
 * @param parameters the number of weights, or 0 if it does not say
 * @param chatTemplate the chat template in use there (Jinja source), or null if it does not say
 * @param begin the spelling of the token that begins a text, as far as it says so
 * @param end that of the one that ends it
 * @param tokenizer null where only text is exchanged
 * @param scoring whether it tells the log-probabilities of a prompt's tokens, by their ids
 * @param addsBegin whether it puts a token that begins a text before one; false where ids are sent
 * @param batches whether it tells the likeliest tokens after several prompts of one request
 * @param likeliest whether it tells the likeliest tokens in the place of each that it writes
 * @param logitBias whether a logit bias by id changes what is written
 */
record ServerTraits(
    ServerKind kind,
    int contextLength,
    long parameters,
    @Nullable String chatTemplate,
    String begin,
    String end,
    @Nullable ServedTokenizer tokenizer,
    boolean scoring,
    boolean addsBegin,
    boolean batches,
    boolean likeliest,
    boolean logitBias) {

  /** The chat template as it can be rendered here, or null. */
  @Nullable ChatTemplate template() {
    return chatTemplate == null ? null : ChatTemplate.of(chatTemplate, begin, end, false);
  }

  Capabilities capabilities() {
    return new Capabilities(tokenizer != null, scoring, logitBias, scoring && likeliest);
  }
}
