package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The likeliest tokens at one position, as a server tells them: all that is known of the
 * distribution there. What the sampler would draw is drawn among them.
 *
 * @param ids of the tokens; as they are read, the likeliest first, of two equally likely the lower
 * @param logProbs natural logarithms of their probabilities
 */
record TopLogProbs(int[] ids, float[] logProbs) {

  /** A certain token may be told as a little more than certain. */
  private static final double ROUNDING = 1e-3;

  /** Reads vLLM's {@code {"id": {"logprob": x}, …}} of one position of a prompt. */
  static TopLogProbs ofPrompt(JsonNode position) {
    return read(position, told -> told.path("logprob"));
  }

  /** Reads {@code {"token_id:id": x, …}} of one position of a completion. */
  static TopLogProbs ofCompletion(JsonNode position) {
    return read(position, told -> told);
  }

  /** One token of several. */
  private record Likely(int id, float logProb) {}

  /** A probability that is not told is none: taken for a number it would be certainty. */
  private static TopLogProbs read(JsonNode position, UnaryOperator<JsonNode> logProb) {
    List<Likely> told = new ArrayList<>();
    for (Map.Entry<String, JsonNode> token : position.properties()) {
      String key = token.getKey();
      JsonNode number = logProb.apply(token.getValue());
      int id;
      try {
        id = Integer.parseInt(key.substring(key.indexOf(':') + 1));
      } catch (NumberFormatException e) {
        throw unreadable("tells probabilities of '" + key + "', which is no token's id");
      }
      if (!number.isNumber() || !(number.asDouble() <= ROUNDING)) {
        throw unreadable("tells " + number + " as the log-probability of token " + id);
      }
      told.add(new Likely(id, (float) number.asDouble()));
    }
    told.sort(
        Comparator.comparingDouble((Likely token) -> -token.logProb())
            .thenComparingInt(Likely::id));
    return of(told);
  }

  private static TopLogProbs of(List<Likely> likely) {
    int[] ids = new int[likely.size()];
    float[] logProbs = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = likely.get(i).id();
      logProbs[i] = likely.get(i).logProb();
    }
    return new TopLogProbs(ids, logProbs);
  }

  /**
   * The likeliest of them, in the order of a vocabulary, in which a sampler goes through it. A
   * server adds the token that is there, which may be none of the likeliest: what could be drawn
   * must not depend on it.
   */
  TopLogProbs likeliest(int most) {
    int count = Math.min(most, ids.length);
    return of(
        IntStream.range(0, count)
            .mapToObj(i -> new Likely(ids[i], logProbs[i]))
            .sorted(Comparator.comparingInt(Likely::id))
            .toList());
  }

  private static ModelException unreadable(String what) {
    return new ModelException(ModelException.Kind.UNAVAILABLE, "the server " + what);
  }

  /**
   * The entropy in nats, all tokens that are not told taken for one: of V tokens with the rest's
   * probability r, the true one is at most {@code r ln(V - told)} more.
   */
  double entropy() {
    double rest = 1;
    double entropy = 0;
    for (float logProb : logProbs) {
      double probability = Math.exp(Math.min(0, logProb));
      rest -= probability;
      entropy -= probability * Math.min(0, logProb);
    }
    return rest > 0 ? entropy - rest * Math.log(rest) : entropy;
  }

  /** The log-probability of a token, which servers always tell of the one that is there. */
  float logProb(int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return logProbs[i];
      }
    }
    throw unreadable("did not tell the probability of token " + id);
  }

  /**
   * The id that a sampler draws at a position of the sequence.
   *
   * @param before the tokens before it, or the last of them
   */
  int draw(Sampling sampling, int position, int[] before) {
    Map<Integer, Integer> index = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      index.put(ids[i], i);
    }
    int[] known = new int[before.length];
    for (int i = 0; i < known.length; i++) {
      Integer at = index.get(before[i]);
      known[i] = at == null ? -1 : at;
    }
    int drawn =
        new Sampler(ids.length)
            .draw(logProbs, amongThese(sampling, index), position, known, known.length);
    return ids[drawn];
  }

  private static Sampling amongThese(Sampling sampling, Map<Integer, Integer> index) {
    Map<Integer, Float> bias = new HashMap<>();
    sampling
        .bias()
        .forEach(
            (id, amount) -> {
              @Nullable Integer at = index.get(id);
              if (at != null) {
                bias.put(at, amount);
              }
            });
    return new Sampling(
        sampling.temperature(),
        sampling.topK(),
        sampling.topP(),
        sampling.minP(),
        sampling.repetitionPenalty(),
        sampling.seed(),
        bias);
  }
}
