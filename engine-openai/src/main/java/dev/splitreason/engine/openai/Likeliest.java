package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The likeliest tokens at one position, as a server tells them: all that is known of the
 * distribution there. What the sampler would draw is drawn among them.
 *
 * @param ids of the tokens
 * @param logProbs natural logarithms of their probabilities
 */
record Likeliest(int[] ids, float[] logProbs) {

  /** Reads vLLM's {@code {"id": {"logprob": x}, …}} of one position of a prompt. */
  static Likeliest ofPrompt(JsonNode position) {
    int[] ids = new int[position.size()];
    float[] logProbs = new float[ids.length];
    int i = 0;
    for (Map.Entry<String, JsonNode> token : position.properties()) {
      ids[i] = Integer.parseInt(token.getKey());
      logProbs[i++] = (float) token.getValue().path("logprob").asDouble();
    }
    return new Likeliest(ids, logProbs);
  }

  /** Reads {@code {"token_id:id": x, …}} of one position of a completion. */
  static Likeliest ofCompletion(JsonNode position) {
    int[] ids = new int[position.size()];
    float[] logProbs = new float[ids.length];
    int i = 0;
    for (Map.Entry<String, JsonNode> token : position.properties()) {
      ids[i] = Integer.parseInt(token.getKey().substring(token.getKey().indexOf(':') + 1));
      logProbs[i++] = (float) token.getValue().asDouble();
    }
    return new Likeliest(ids, logProbs);
  }

  /** The log-probability of a token, which servers always tell of the one that is there. */
  float logProb(int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return logProbs[i];
      }
    }
    throw new ModelException(
        ModelException.Kind.UNAVAILABLE, "the server did not tell the probability of token " + id);
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
