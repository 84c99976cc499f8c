package dev.splitreason.data.source;

import dev.splitreason.files.jsonl.MalformedLineException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Messages as data sets have them: a list of {@code {"role", "content"}} or {@code {"from",
 * "value"}}, a content being text or a list of {@code {"type": "text", "text"}}.
 */
public final class Conversation {

  private static final Set<String> ASSISTANTS = Set.of("assistant", "gpt", "model");
  private static final Set<String> USERS = Set.of("user", "human");

  private Conversation() {}

  /** Whether a value is a list of messages. */
  public static boolean is(JsonNode value) {
    return isListOf(value, "role") || isListOf(value, "from");
  }

  /** Whether a value is a list of parts. */
  public static boolean isParts(JsonNode value) {
    return isListOf(value, "type");
  }

  private static boolean isListOf(JsonNode value, String field) {
    return value.isArray() && value.path(0).path(field).isString();
  }

  /**
   * What the assistant says last, or null if it says nothing.
   *
   * @throws MalformedLineException if that is no text
   */
  static @Nullable String answer(JsonNode messages) throws MalformedLineException {
    int last = lastOf(ASSISTANTS, messages, messages.size());
    return last < 0 ? null : text(messages.get(last));
  }

  /**
   * What the user asks before the assistant's last word, or null if nothing.
   *
   * @throws MalformedLineException if that is no text
   */
  public static @Nullable String question(JsonNode messages) throws MalformedLineException {
    int answer = lastOf(ASSISTANTS, messages, messages.size());
    int last = lastOf(USERS, messages, answer < 0 ? messages.size() : answer);
    return last < 0 ? null : text(messages.get(last));
  }

  private static int lastOf(Set<String> roles, JsonNode messages, int end) {
    for (int i = end - 1; i >= 0; i--) {
      JsonNode message = messages.path(i);
      if (roles.contains(message.path("role").asString(message.path("from").asString("")))) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable String text(JsonNode message) throws MalformedLineException {
    JsonNode content = message.has("content") ? message.path("content") : message.path("value");
    if (content.isNull() || content.isMissingNode()) {
      return null;
    }
    if (content.isString()) {
      return content.asString();
    }
    if (!content.isArray()) {
      throw new MalformedLineException("holds a message whose content is no text");
    }
    return parts(content);
  }

  /**
   * The texts of a list of parts, joined.
   *
   * @throws MalformedLineException if a part is no text
   */
  public static String parts(JsonNode parts) throws MalformedLineException {
    var text = new StringBuilder();
    for (JsonNode part : parts) {
      if (!part.path("text").isString()) {
        throw new MalformedLineException("holds a message with a part that is no text");
      }
      text.append(part.path("text").asString());
    }
    return text.toString();
  }
}
