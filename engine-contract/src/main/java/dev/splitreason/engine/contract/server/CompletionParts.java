package dev.splitreason.engine.contract.server;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.Utf8Assembler;
import dev.splitreason.engine.contract.server.Dialect.Ending;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One completion in the parts in which it is streamed: a choice for each token. */
final class CompletionParts {

  private final Dialect dialect;
  private final boolean tellsIds;
  private final Tokenizer vocabulary;
  private final Consumer<ObjectNode> out;
  private final Utf8Assembler characters = new Utf8Assembler();
  private Consumer<ObjectNode> telling = _ -> {};

  CompletionParts(
      Dialect dialect, JsonNode question, Tokenizer vocabulary, Consumer<ObjectNode> out) {
    this.dialect = dialect;
    this.tellsIds = dialect.tellsIds(question);
    this.vocabulary = vocabulary;
    this.out = out;
  }

  /**
   * Writes what a session decodes.
   *
   * @param likeliest tokens to tell in the place of each; then it is decoded one by one
   */
  void write(Session session, DecodeRequest request, int likeliest) throws InterruptedException {
    if (likeliest == 0) {
      end(session.decode(request, this::write).end());
      return;
    }
    for (int left = request.maxTokens(); ; left--) {
      float[] logProbs = PromptScores.next(session);
      telling = part -> PromptScores.tellNext(part, logProbs, likeliest);
      Decoded decoded = session.decode(DecodeRequest.upTo(1, request.sampling()), this::write);
      if (decoded.end() != Decoded.End.MAX_TOKENS || left == 1) {
        end(decoded.end());
        return;
      }
    }
  }

  private void write(Token token) {
    String text = dialect.shows(token) ? characters.append(token.bytes()) : "";
    if (!dialect.omitsIncomplete() || !characters.incomplete()) {
      out.accept(part(text, token));
    }
  }

  private void end(Decoded.End end) {
    boolean stopped = end == Decoded.End.END_OF_TEXT;
    Ending ending = stopped ? dialect.ending() : Ending.WITHOUT_THE_TOKEN;
    if (ending == Ending.TOKEN_IN_A_PART_OF_ITS_OWN) {
      out.accept(part("", ServedModels.ender(vocabulary)));
    }
    ObjectNode last =
        ending == Ending.TOKEN_IN_THE_LAST_PART
            ? part("", ServedModels.ender(vocabulary))
            : JsonNodeFactory.instance.objectNode().put("text", "").put("index", 0);
    out.accept(last.put("finish_reason", stopped ? "stop" : "length"));
  }

  private ObjectNode part(String text, Token token) {
    ObjectNode part = JsonNodeFactory.instance.objectNode().put("text", text).put("index", 0);
    part.putNull("finish_reason").putNull("logprobs");
    if (tellsIds) {
      dialect.tellId(part, text, token);
    }
    telling.accept(part);
    return part;
  }

  /** The parts as one choice. */
  static ObjectNode joined(List<ObjectNode> parts) {
    ObjectNode first = parts.getFirst();
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.path("text").asString("")));
    first.put("text", text.toString());
    first.set("finish_reason", parts.getLast().get("finish_reason"));
    return first;
  }

  /** A choice as a completion. */
  static ObjectNode completion(ObjectNode choice) {
    ObjectNode completion =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "1")
            .put("object", "text_completion")
            .put("created", 1)
            .put("model", "m");
    completion.putArray("choices").add(choice);
    return completion;
  }
}
