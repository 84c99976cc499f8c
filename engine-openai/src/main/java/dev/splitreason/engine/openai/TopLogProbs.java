package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The likeliest tokens at one position, as a server tells them: all that is known of the
 * distribution there. What the sampler would draw is drawn among them.
 *
 * @param ids of the tokens
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

  /** A probability that is not told is none: taken for a number it would be certainty. */
  private static TopLogProbs read(JsonNode position, UnaryOperator<JsonNode> logProb) {
    int[] ids = new int[position.size()];
    float[] logProbs = new float[ids.length];
    int i = 0;
    for (Map.Entry<String, JsonNode> token : position.properties()) {
      String key = token.getKey();
      JsonNode told = logProb.apply(token.getValue());
      try {
        ids[i] = Integer.parseInt(key.substring(key.indexOf(':') + 1));
      } catch (NumberFormatException e) {
        throw unreadable("tells probabilities of '" + key + "', which is no token's id");
      }
      if (!told.isNumber() || !(told.asDouble() <= ROUNDING)) {
        throw unreadable("tells " + told + " as the log-probability of token " + ids[i]);
      }
      logProbs[i++] = (float) told.asDouble();
    }
    return new TopLogProbs(ids, logProbs);
  }

  private static ModelException unreadable(String what) {
    return new ModelException(ModelException.Kind.UNAVAILABLE, "the server " + what);
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
