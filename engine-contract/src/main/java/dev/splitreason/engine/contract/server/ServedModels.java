package dev.splitreason.engine.contract.server;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.ChatTemplate;
import dev.splitreason.core.prompt.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The models of a server, each with a vocabulary.
 *
 * @param byName the models by the names under which they are served
 */
record ServedModels(SortedMap<String, LanguageModel> byName) {

  /** How the bundled models spell the token that begins a text. */
  private static final String BEGIN = "<｜begin▁of▁sentence｜>";

  ServedModels(Map<String, ? extends LanguageModel> models) {
    this(new TreeMap<>(models));
  }

  /** The model that a request names; null if there is none. */
  @Nullable LanguageModel named(JsonNode question) {
    return byName.get(question.path("model").asString(""));
  }

  /** The one of a server that has one. */
  LanguageModel first() {
    return byName.values().iterator().next();
  }

  static Tokenizer vocabulary(LanguageModel model) {
    return Objects.requireNonNull(model.tokenizer());
  }

  /** What an array of ids stands for. */
  static String text(LanguageModel model, JsonNode ids) {
    StringBuilder text = new StringBuilder();
    ids.forEach(id -> text.append(vocabulary(model).token(id.asInt()).text()));
    return text.toString();
  }

  /** A chat as the model's own template has it. */
  static String chat(LanguageModel model, JsonNode question) {
    String source = String.valueOf(model.info().chatTemplate());
    ChatTemplate template = Objects.requireNonNull(ChatTemplate.of(source, "", "", false));
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : question.path("messages")) {
      messages.add(
          new Message(
              Message.Role.valueOf(message.path("role").asString().toUpperCase(Locale.ROOT)),
              message.path("content").asString()));
    }
    JsonNode thinking = question.path("chat_template_kwargs").path("enable_thinking");
    return template.render(messages, thinking.isBoolean() ? thinking.booleanValue() : null);
  }

  /** The token that ends a text. */
  static Token ender(Tokenizer vocabulary) {
    return vocabulary.token(
        IntStream.range(0, vocabulary.size())
            .filter(vocabulary::endsText)
            .findFirst()
            .orElseThrow());
  }

  /** What a prompt of text is to a model: perhaps with the token that begins a text before it. */
  static int[] prompt(Tokenizer vocabulary, String text, boolean withBegin) {
    IntStream ids = IntStream.of(vocabulary.tokenizeWithControl(text));
    Integer begin = withBegin ? vocabulary.idOf(BEGIN) : null;
    return (begin == null ? ids : IntStream.concat(IntStream.of(begin), ids)).toArray();
  }

  /** Whether a token is a control token, going by its looks. */
  static boolean isControl(Token token) {
    String text = token.text();
    return text.length() > 2 && text.startsWith("<") && text.endsWith(">");
  }
}
