package dev.splitreason.server.openai;

import dev.splitreason.core.model.Token;
import dev.splitreason.server.logprob.Logprobs;
import dev.splitreason.server.logprob.ScoredToken;
import dev.splitreason.server.logprob.ScoredToken.Likely;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Logarithms of probabilities, in the shape of a kind of completion. */
sealed interface LogprobDocument {

  /** What stands for the logarithm of 0, which JSON cannot say; as OpenAI does. */
  double NEVER = -9999;

  /**
   * Of a chat's answer, its reasoning and tags included.
   *
   * @param refusal always null
   */
  record OfChat(List<ChatToken> content, @Nullable String refusal) implements LogprobDocument {

    static @Nullable OfChat of(@Nullable Logprobs logprobs) {
      return logprobs == null
          ? null
          : new OfChat(logprobs.answer().stream().map(ChatToken::of).toList(), null);
    }
  }

  /** A token of a chat's answer; an incomplete character is told by its bytes. */
  record ChatToken(String token, double logprob, List<Integer> bytes, List<TopToken> topLogprobs) {

    static ChatToken of(ScoredToken scored) {
      Double logprob = scored.logprob();
      return new ChatToken(
          scored.token().text(),
          logprob == null ? 0 : bounded(logprob),
          bytesOf(scored.token()),
          scored.top().stream().map(TopToken::of).toList());
    }
  }

  /** A token that could have come. */
  record TopToken(String token, double logprob, List<Integer> bytes) {

    static TopToken of(Likely likely) {
      return new TopToken(
          likely.token().text(), bounded(likely.logprob()), bytesOf(likely.token()));
    }
  }

  /**
   * Of a text completion, with its prompt where that is echoed.
   *
   * @param textOffset where each token begins in the choice's text, in characters of UTF-16
   * @param topLogprobs the likeliest tokens and the one that came; null for the first of all
   */
  record OfText(
      List<Integer> textOffset,
      List<@Nullable Double> tokenLogprobs,
      List<String> tokens,
      List<@Nullable Map<String, Double>> topLogprobs)
      implements LogprobDocument {

    /**
     * Of a choice.
     *
     * @param text the choice's, in which tags may be missing
     */
    static @Nullable OfText of(@Nullable Logprobs logprobs, String text) {
      if (logprobs == null) {
        return null;
      }
      var whole =
          new OfText(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      int offset = 0;
      for (ScoredToken scored :
          Stream.concat(logprobs.prompt().stream(), logprobs.answer().stream()).toList()) {
        String spelled = scored.token().text();
        whole.textOffset.add(offset);
        whole.add(scored);
        if (text.startsWith(spelled, offset)) {
          offset += spelled.length();
        }
      }
      return whole;
    }

    private void add(ScoredToken scored) {
      String name = name(scored.token());
      Double logprob = scored.logprob();
      tokens.add(name);
      tokenLogprobs.add(logprob == null ? null : bounded(logprob));
      if (logprob == null) {
        topLogprobs.add(null);
        return;
      }
      SequencedMap<String, Double> top = new LinkedHashMap<>();
      for (Likely likely : scored.top()) {
        top.putIfAbsent(name(likely.token()), bounded(likely.logprob()));
      }
      top.putIfAbsent(name, bounded(logprob));
      topLogprobs.add(top);
    }
  }

  private static double bounded(double logprob) {
    return Math.max(NEVER, logprob);
  }

  private static List<Integer> bytesOf(Token token) {
    List<Integer> bytes = new ArrayList<>();
    for (byte one : token.bytes()) {
      bytes.add(one & 0xff);
    }
    return bytes;
  }

  /** The text of a token; bytes that are no whole characters are told in hexadecimal digits. */
  private static String name(Token token) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(token.bytes())).toString();
    } catch (CharacterCodingException e) {
      StringBuilder name = new StringBuilder("bytes:");
      for (byte one : token.bytes()) {
        name.append(String.format("\\x%02x", one & 0xff));
      }
      return name.toString();
    }
  }
}
