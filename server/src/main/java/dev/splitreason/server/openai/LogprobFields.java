package dev.splitreason.server.openai;

import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.logprob.WantedLogprobs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which logarithms of probabilities a body asks for; null where it says nothing.
 *
 * @param logprobs a switch in chats; how many of the likeliest tokens in text completions
 * @param topLogprobs how many of the likeliest tokens in chats
 */
record LogprobFields(@Nullable JsonNode logprobs, @Nullable Integer topLogprobs) {

  /** As OpenAI's chats and vLLM have it. */
  private static final int MOST = 20;

  private static final String FIELD = "logprobs";
  private static final String TOP_FIELD = "top_logprobs";

  /** As chats ask for them; null for none. */
  @Nullable WantedLogprobs ofChat() {
    JsonNode wanted = said();
    if (wanted != null && !wanted.isBoolean()) {
      throw Refusal.invalid(FIELD, "logprobs must be true or false");
    }
    boolean on = wanted != null && wanted.asBoolean();
    int top = topLogprobs == null ? 0 : topLogprobs;
    requireTop(TOP_FIELD, top);
    if (!on && top > 0) {
      throw Refusal.invalid(TOP_FIELD, "top_logprobs needs logprobs to be true");
    }
    return on ? new WantedLogprobs(top, false, true) : null;
  }

  /**
   * As text completions ask for them; null for none.
   *
   * @param echoes whether the prompt is shown, and so its tokens told too
   * @param writes whether anything is written
   */
  @Nullable WantedLogprobs ofCompletion(boolean echoes, boolean writes) {
    if (topLogprobs != null && topLogprobs > 0) {
      throw Refusal.invalid(TOP_FIELD, "top_logprobs is for chats; logprobs says how many here");
    }
    JsonNode wanted = said();
    if (wanted != null && wanted.isBoolean() && !wanted.asBoolean()) {
      wanted = null;
    }
    if (wanted != null && !wanted.isIntegralNumber()) {
      throw Refusal.invalid(FIELD, "logprobs must be a whole number");
    }
    if (!writes && (wanted == null || !echoes)) {
      throw Refusal.invalid(
          "max_tokens", "max_tokens can be 0 only with echo and logprobs: the prompt is scored");
    }
    if (wanted == null) {
      return null;
    }
    requireTop(FIELD, wanted.canConvertToInt() ? wanted.asInt() : -1);
    return new WantedLogprobs(wanted.asInt(), echoes, writes);
  }

  private @Nullable JsonNode said() {
    return logprobs == null || logprobs.isNull() ? null : logprobs;
  }

  private static void requireTop(String field, int top) {
    if (top < 0 || top > MOST) {
      throw Refusal.invalid(field, field + " must be in 0 … " + MOST);
    }
  }
}
