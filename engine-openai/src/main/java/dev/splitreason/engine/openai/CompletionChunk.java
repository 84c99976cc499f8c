package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a streamed completion: some text, and what is known of the tokens behind it.
 *
 * @param text whole characters; empty where a token ends inside one, or is not shown
 * @param tokens with their ids, in order; none where the server tells none
 * @param likeliest tokens in the place of each, in order; none where that was not asked for
 * @param total how many tokens of the completion there are with this part, where the server counts
 *     them; else {@link #UNCOUNTED}
 * @param finish why the completion ends with this part ({@code stop}, {@code length}); null if it
 *     goes on
 */
record CompletionChunk(
    String text,
    List<Written> tokens,
    List<TopLogProbs> likeliest,
    int total,
    @Nullable String finish) {

  /** A part that tells no likeliest tokens. */
  CompletionChunk(String text, List<Written> tokens, int total, @Nullable String finish) {
    this(text, tokens, List.of(), total, finish);
  }

  /** Instead of a total that is not told. */
  static final int UNCOUNTED = -1;

  /** No tokens that are told. */
  static final List<Written> NONE = List.of();

  /** The reason of an answer that is complete. */
  static final String STOP = "stop";

  /** The reason of an answer that is as long as was asked for. */
  static final String LENGTH = "length";

  /**
   * A token behind a part.
   *
   * @param bytes its own, or null if they are not told
   */
  record Written(int id, byte @Nullable [] bytes) {}

  /** Reads one choice of a completion. */
  static CompletionChunk of(JsonNode choice) {
    return of(choice, UNCOUNTED);
  }

  /** Reads one choice of a part of a completion, which had so many tokens then. */
  static CompletionChunk of(JsonNode choice, int total) {
    JsonNode finish = choice.path("finish_reason");
    return new CompletionChunk(
        choice.path("text").asText(""),
        tokens(choice),
        likeliest(choice),
        total,
        finish.isTextual() ? finish.asText() : null);
  }

  /** vLLM's {@code token_ids}, or llama-server's {@code logprobs.content}. */
  private static List<Written> tokens(JsonNode choice) {
    List<Written> tokens = new ArrayList<>();
    for (JsonNode id : choice.path("token_ids")) {
      tokens.add(new Written(id.asInt(), null));
    }
    if (tokens.isEmpty()) {
      for (JsonNode token : choice.path("logprobs").path("content")) {
        if (token.path("id").isInt()) {
          tokens.add(new Written(token.path("id").asInt(), ownBytes(token)));
        }
      }
    }
    return tokens;
  }

  /** vLLM's {@code logprobs.top_logprobs}, by ids. */
  private static List<TopLogProbs> likeliest(JsonNode choice) {
    List<TopLogProbs> likeliest = new ArrayList<>();
    for (JsonNode position : choice.path("logprobs").path("top_logprobs")) {
      if (position.properties().stream().anyMatch(told -> told.getKey().startsWith("token_id:"))) {
        likeliest.add(TopLogProbs.ofCompletion(position));
      }
    }
    return likeliest;
  }

  /**
   * The bytes that a token's id stands for. llama-server tells under {@code bytes} what it sends
   * with the token, which is the whole character where one ends with it; what an id stands for is
   * told among the likeliest tokens.
   */
  private static byte @Nullable [] ownBytes(JsonNode token) {
    for (JsonNode likely : token.path("top_logprobs")) {
      if (likely.path("id").asInt(-1) == token.path("id").asInt() && likely.has("bytes")) {
        return bytes(likely.get("bytes"));
      }
    }
    return null;
  }

  /** A list of numbers 0 … 255. */
  static byte[] bytes(JsonNode numbers) {
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers.get(i).asInt();
    }
    return bytes;
  }
}
