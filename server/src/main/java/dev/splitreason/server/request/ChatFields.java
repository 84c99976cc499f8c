package dev.splitreason.server.request;

import dev.splitreason.core.prompt.Message;
import dev.splitreason.server.error.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What only a chat completion has: the conversation.
 *
 * @param messages null where the body has none
 */
public record ChatFields(@Nullable List<@Nullable ChatMessage> messages) {

  /**
   * A message.
   *
   * @param content a text, or a list of parts; null where a client has nothing to say
   */
  public record ChatMessage(@Nullable String role, @Nullable JsonNode content) {}

  /**
   * The conversation as templates render it. System messages that begin it are one.
   *
   * @throws Refusal that names the message which cannot be meant
   */
  public List<Message> conversation() {
    if (messages == null || messages.isEmpty()) {
      throw Refusal.invalid("messages", "messages must be a list of at least one message");
    }
    List<Message> conversation = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      String at = "messages[" + i + "]";
      ChatMessage message = messages.get(i);
      if (message == null) {
        throw Refusal.invalid(at, at + " must be a message, not null");
      }
      Message.Role role = role(message.role(), at + ".role");
      String text = text(message.content(), at + ".content");
      Message before = conversation.isEmpty() ? null : conversation.getLast();
      if (role == Message.Role.SYSTEM && before != null && before.role() == role) {
        conversation.removeLast();
        text = before.content() + "\n\n" + text;
      }
      conversation.add(new Message(role, text));
    }
    return conversation;
  }

  private static Message.Role role(@Nullable String role, String at) {
    return switch (role) {
      case "system", "developer" -> Message.Role.SYSTEM;
      case "user" -> Message.Role.USER;
      case "assistant" -> Message.Role.ASSISTANT;
      case "tool", "function" ->
          throw Refusal.of(
              Refusal.Kind.UNSUPPORTED, at, at + ": messages of tools are not supported");
      case null, default ->
          throw Refusal.invalid(
              at, at + " must be system, developer, user or assistant, not " + role);
    };
  }

  private static String text(@Nullable JsonNode content, String at) {
    if (content == null || content.isNull()) {
      return "";
    }
    if (content.isString()) {
      return content.asString();
    }
    if (!content.isArray()) {
      throw Refusal.invalid(at, at + " must be a text or a list of parts");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < content.size(); i++) {
      JsonNode part = content.get(i);
      String type = part.path("type").asString("text");
      if (!type.equals("text") && !type.equals("input_text") && !type.equals("output_text")) {
        String place = at + "[" + i + "].type";
        throw Refusal.of(
            Refusal.Kind.UNSUPPORTED, place, place + ": only text is read, not " + type);
      }
      if (!part.path("text").isString()) {
        throw Refusal.invalid(at + "[" + i + "].text", at + "[" + i + "] has no text");
      }
      text.append(part.path("text").asString());
    }
    return text.toString();
  }
}
