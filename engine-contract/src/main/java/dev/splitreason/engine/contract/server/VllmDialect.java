package dev.splitreason.engine.contract.server;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.ByteLetters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** vLLM, by its {@code entrypoints/openai} and {@code entrypoints/serve/tokenize}. */
final class VllmDialect implements Dialect {

  @Override
  public void describe(LanguageModel model, ObjectNode card) {
    card.put("owned_by", "vllm").put("max_model_len", model.info().contextLength());
  }

  @Override
  public boolean takesIds() {
    return true;
  }

  @Override
  public int length(int prompt, int maxTokens) {
    return prompt + maxTokens;
  }

  @Override
  public boolean tellsIds(JsonNode question) {
    return question.path("return_token_ids").asBoolean(false);
  }

  @Override
  public boolean scores(JsonNode question) {
    return question.has("prompt_logprobs");
  }

  @Override
  public boolean tellsLikeliest(JsonNode question) {
    return question.path("logprobs").asInt(0) > 0
        && question.path("return_tokens_as_token_ids").asBoolean(false);
  }

  @Override
  public boolean addsBegin(JsonNode question) {
    return question.path("add_special_tokens").asBoolean(true);
  }

  @Override
  public int likeliest(JsonNode question) {
    return question.path("logprobs").asInt(0);
  }

  @Override
  public void tellId(ObjectNode part, String text, Token token) {
    part.putArray("token_ids").add(token.id());
  }

  @Override
  public Ending ending() {
    return Ending.TOKEN_IN_THE_LAST_PART;
  }

  @Override
  public ServedReply tokenize(ServedModels models, JsonNode question) {
    LanguageModel model = models.named(question);
    if (model == null || !(question.has("prompt") || question.has("messages"))) {
      return ServedReply.refusal(400, "what?");
    }
    String text =
        question.has("messages")
            ? ServedModels.chat(model, question)
            : question.path("prompt").asString();
    Tokenizer vocabulary = ServedModels.vocabulary(model);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = answer.putArray("tokens");
    ArrayNode spellings = answer.putArray("token_strs");
    for (int id : vocabulary.tokenizeWithControl(text)) {
      ids.add(id);
      Token token = vocabulary.token(id);
      spellings.add(ServedModels.isControl(token) ? token.text() : letters(token));
    }
    return ServedReply.ok(answer);
  }

  private static String letters(Token token) {
    StringBuilder letters = new StringBuilder();
    for (byte one : token.bytes()) {
      letters.append(ByteLetters.of(one & 0xff));
    }
    return letters.toString();
  }

  @Override
  public ServedReply detokenize(ServedModels models, JsonNode question) {
    LanguageModel model = models.named(question);
    return model == null
        ? ServedReply.refusal(400, "what?")
        : ServedReply.ok(
            JsonNodeFactory.instance
                .objectNode()
                .put("prompt", ServedModels.text(model, question.path("tokens"))));
  }
}
