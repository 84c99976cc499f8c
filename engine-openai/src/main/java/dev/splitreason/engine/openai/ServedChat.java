package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.prompt.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chat template of a served model, rendered by its server: llama-server's {@code
 * /apply-template} gives the text, vLLM's {@code /tokenize} the ids that its template makes of
 * messages, and {@code /detokenize} their text.
 */
final class ServedChat {

  private final ServerClient client;
  private final OpenAiOptions options;
  private final @Nullable Boolean thinking;

  private ServedChat(ServerClient client, OpenAiOptions options, @Nullable Boolean thinking) {
    this.client = client;
    this.options = options;
    this.thinking = thinking;
  }

  /**
   * The template of a server that is seen to render it; null if none is.
   *
   * @param thinking whether the model is told to think; null for what the template takes for it
   */
  static @Nullable ServedChat of(
      ServerClient client, OpenAiOptions options, @Nullable Boolean thinking) {
    var chat = new ServedChat(client, options, thinking);
    return chat.rendered(List.of(Message.user("?"))) == null ? null : chat;
  }

  /** Renders a conversation up to where the assistant's turn begins. */
  String render(List<Message> messages) {
    String text = rendered(messages);
    if (text == null) {
      throw new UserMistake(options.name() + " has a chat template that refuses these messages");
    }
    return text;
  }

  private @Nullable String rendered(List<Message> messages) {
    return Exchange.start(
            "renders a chat",
            () -> {
              String applied =
                  text(client.askBeside("apply-template", question(messages)), "prompt");
              return applied == null ? tokenized(messages) : applied;
            })
        .awaitUninterrupted();
  }

  private @Nullable String tokenized(List<Message> messages) {
    Map<String, Object> question = question(messages);
    question.put("model", options.model());
    question.put("add_generation_prompt", true);
    question.put("add_special_tokens", false);
    JsonNode answer = client.askBeside("tokenize", question);
    JsonNode tokens = answer == null ? null : answer.path("tokens");
    if (tokens == null || !tokens.isArray() || tokens.isEmpty()) {
      return null;
    }
    return text(
        client.askBeside("detokenize", Map.of("model", options.model(), "tokens", tokens)),
        "prompt");
  }

  private Map<String, Object> question(List<Message> messages) {
    Map<String, Object> question = new HashMap<>();
    question.put(
        "messages",
        messages.stream()
            .map(
                message ->
                    Map.of(
                        "role",
                        message.role().name().toLowerCase(Locale.ROOT),
                        "content",
                        message.content()))
            .toList());
    if (thinking != null) {
      question.put("chat_template_kwargs", Map.of("enable_thinking", thinking));
    }
    return question;
  }

  private static @Nullable String text(@Nullable JsonNode answer, String field) {
    return answer != null && answer.path(field).isTextual() ? answer.path(field).asText() : null;
  }
}
