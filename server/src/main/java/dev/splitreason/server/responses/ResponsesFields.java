package dev.splitreason.server.responses;

import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.request.ChatFields;
import dev.splitreason.server.request.ChatFields.ChatMessage;
import dev.splitreason.server.request.LengthFields;
import dev.splitreason.server.request.RequestFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The body of {@code POST /v1/responses}; null where it says nothing.
 *
 * @param input a text, or a list of messages
 * @param instructions the system message
 * @param text how the answer is formatted: as text
 * @param promptCacheKey what requests that begin alike have in common
 */
record ResponsesFields(
    @Nullable String model,
    @Nullable JsonNode input,
    @Nullable String instructions,
    @Nullable Integer maxOutputTokens,
    @Nullable Boolean stream,
    @Nullable JsonNode text,
    @Nullable String promptCacheKey,
    RequestFields.@Nullable OffloadFields offload) {

  boolean streams() {
    return stream != null && stream;
  }

  RequestFields request() {
    String format = text == null ? "text" : text.path("format").path("type").asString("text");
    if (!format.equals("text")) {
      throw Refusal.of(
          Refusal.Kind.UNSUPPORTED,
          "text.format",
          "the format " + format + " is not supported here");
    }
    return new RequestFields(model, 1, stream, null, null, false, promptCacheKey, offload);
  }

  LengthFields length() {
    return new LengthFields(null, maxOutputTokens);
  }

  ChatFields conversation() {
    List<@Nullable ChatMessage> messages = new ArrayList<>();
    if (instructions != null) {
      messages.add(new ChatMessage("system", StringNode.valueOf(instructions)));
    }
    if (input != null && input.isString()) {
      messages.add(new ChatMessage("user", input));
    } else if (input != null && input.isArray()) {
      input.forEach(item -> add(item, messages));
    } else {
      throw Refusal.invalid("input", "input must be a text or a list of messages");
    }
    return new ChatFields(messages);
  }

  private static void add(JsonNode item, List<@Nullable ChatMessage> messages) {
    switch (item.path("type").asString("message")) {
      case "message" ->
          messages.add(new ChatMessage(item.path("role").asString(null), item.get("content")));
      case "reasoning" -> {
        // Of earlier answers the templates show what follows the reasoning.
      }
      default ->
          throw Refusal.of(
              Refusal.Kind.UNSUPPORTED,
              "input",
              "input: only messages are read, not " + item.path("type").asString());
    }
  }
}
