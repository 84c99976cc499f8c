package dev.splitreason.engine.contract.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** llama-server, by llama.cpp's {@code tools/server}. It serves one model. */
final class LlamaServerDialect implements Dialect {

  @Override
  public void describe(LanguageModel model, ObjectNode card) {
    card.put("owned_by", "llamacpp")
        .putObject("meta")
        .put("n_ctx", model.info().contextLength())
        .put("n_vocab", ServedModels.vocabulary(model).size())
        .put("n_params", model.info().parameters());
  }

  @Override
  public boolean takesIds() {
    return true;
  }

  @Override
  public boolean tellsIds(JsonNode question) {
    return question.path("n_probs").asInt(0) > 0;
  }

  @Override
  public void tellId(ObjectNode part, String text, Token token) {
    ObjectNode told =
        part.putObject("logprobs").putArray("content").addObject().put("id", token.id());
    addBytes(told.put("token", text).putArray("bytes"), text.getBytes(UTF_8));
    ObjectNode likely = told.putArray("top_logprobs").addObject().put("id", token.id());
    addBytes(likely.putArray("bytes"), ServedModels.isControl(token) ? new byte[0] : token.bytes());
  }

  @Override
  public boolean shows(Token token) {
    return !ServedModels.isControl(token);
  }

  @Override
  public boolean omitsIncomplete() {
    return true;
  }

  @Override
  public Ending ending() {
    return Ending.TOKEN_IN_A_PART_OF_ITS_OWN;
  }

  @Override
  public ServedReply tokenize(ServedModels models, JsonNode question) {
    if (!question.has("content")) {
      return ServedReply.refusal(400, "what?");
    }
    Tokenizer vocabulary = ServedModels.vocabulary(models.first());
    String text = question.path("content").asString();
    int[] ids =
        question.path("parse_special").asBoolean(true)
            ? vocabulary.tokenizeWithControl(text)
            : vocabulary.tokenize(text);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode tokens = answer.putArray("tokens");
    for (int id : ids) {
      ObjectNode token = tokens.addObject().put("id", id);
      byte[] bytes = vocabulary.bytes(id);
      if (Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes)) {
        token.put("piece", new String(bytes, UTF_8));
      } else {
        addBytes(token.putArray("piece"), bytes);
      }
    }
    return ServedReply.ok(answer);
  }

  @Override
  public ServedReply detokenize(ServedModels models, JsonNode question) {
    return ServedReply.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("content", ServedModels.text(models.first(), question.path("tokens"))));
  }

  @Override
  public ServedReply properties(ServedModels models) {
    LanguageModel model = models.first();
    return ServedReply.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("chat_template", model.info().chatTemplate())
            .put("eos_token", ServedModels.ender(ServedModels.vocabulary(model)).text()));
  }

  private static void addBytes(ArrayNode array, byte[] bytes) {
    for (byte one : bytes) {
      array.add(one & 0xff);
    }
  }
}
