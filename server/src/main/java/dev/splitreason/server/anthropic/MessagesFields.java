package dev.splitreason.server.anthropic;

import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.http.Body;
import dev.splitreason.server.request.ChatFields;
import dev.splitreason.server.request.ChatFields.ChatMessage;
import dev.splitreason.server.request.DrawFields;
import dev.splitreason.server.request.LengthFields;
import dev.splitreason.server.request.RequestFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/messages}; null where it says nothing.
 *
 * @param system a text, or a list of parts
 * @param stopSequences texts that end the answer
 * @param offload as in OpenAI's requests here
 */
record MessagesFields(
    @Nullable String model,
    @Nullable Integer maxTokens,
    @Nullable List<@Nullable ChatMessage> messages,
    @Nullable JsonNode system,
    @Nullable JsonNode stopSequences,
    @Nullable Boolean stream,
    @Nullable Thinking thinking,
    RequestFields.@Nullable OffloadFields offload) {

  /** Whether the chain of thought is wanted: {@code enabled}. */
  record Thinking(@Nullable String type) {}

  /** How tokens are drawn. */
  private record Draws(
      @Nullable Double temperature, @Nullable Double topP, @Nullable Integer topK) {}

  boolean streams() {
    return stream != null && stream;
  }

  boolean thinks() {
    return thinking != null && "enabled".equals(thinking.type());
  }

  RequestFields request() {
    return new RequestFields(model, 1, stream, null, stopSequences, false, null, offload);
  }

  static DrawFields draws(Body body) {
    Draws draws = body.as(Draws.class);
    return new DrawFields(draws.temperature, draws.topP, draws.topK, null, null, null, null);
  }

  LengthFields length() {
    if (maxTokens == null) {
      throw Refusal.invalid("max_tokens", "max_tokens is missing: the most tokens of the answer");
    }
    return new LengthFields(maxTokens, null);
  }

  ChatFields conversation() {
    List<@Nullable ChatMessage> all = new ArrayList<>();
    if (system != null && !system.isNull()) {
      all.add(new ChatMessage("system", system));
    }
    if (messages != null) {
      all.addAll(messages);
    }
    return new ChatFields(all);
  }
}
