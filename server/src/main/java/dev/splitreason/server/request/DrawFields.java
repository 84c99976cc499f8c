package dev.splitreason.server.request;

import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.vocabulary.Exchange;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.pair.ServedPair;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are drawn, as far as a request says so; null where it says nothing. Names that are not
 * OpenAI's are vLLM's.
 */
public record DrawFields(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Double minP,
    @Nullable Double repetitionPenalty,
    @Nullable Long seed,
    @Nullable Map<String, Double> logitBias) {

  private static final double LARGEST_TEMPERATURE = 2;
  private static final double LARGEST_BIAS = 100;

  /** The usual sampling, and over it what is said here. */
  Sampling over(Sampling usual, ServedPair pair) {
    require(
        temperature == null || (temperature >= 0 && temperature <= LARGEST_TEMPERATURE),
        "temperature",
        "in 0 … 2",
        temperature);
    require(topP == null || (topP > 0 && topP <= 1), "top_p", "above 0 and at most 1", topP);
    require(topK == null || topK >= -1, "top_k", "at least 1, or 0 or -1 for all tokens", topK);
    require(minP == null || (minP >= 0 && minP <= 1), "min_p", "in 0 … 1", minP);
    require(
        repetitionPenalty == null || (repetitionPenalty >= 0.01 && repetitionPenalty <= 10),
        "repetition_penalty",
        "in 0.01 … 10",
        repetitionPenalty);
    double drawnAt = temperature == null ? usual.temperature() : temperature;
    return new Sampling(
        drawnAt,
        topK == null ? usual.topK() : Math.max(0, topK),
        topP == null ? usual.topP() : topP,
        minP == null ? usual.minP() : minP,
        repetitionPenalty == null ? usual.repetitionPenalty() : repetitionPenalty,
        seed(usual, pair),
        bias(pair));
  }

  /** Who names no seed wants another answer each time. */
  private long seed(Sampling usual, ServedPair pair) {
    if (seed != null) {
      return seed;
    }
    return pair.hasSeed() ? usual.seed() : ThreadLocalRandom.current().nextLong();
  }

  private Map<Integer, Float> bias(ServedPair pair) {
    if (logitBias == null || logitBias.isEmpty()) {
      return Map.of();
    }
    int vocabulary = sharedVocabulary(pair.open().pair());
    Map<Integer, Float> bias = new HashMap<>();
    logitBias.forEach(
        (token, amount) -> {
          int id = id(token, vocabulary);
          require(
              amount != null && Math.abs(amount) <= LARGEST_BIAS,
              "logit_bias." + token,
              "in -100 … 100",
              amount);
          bias.put(id, amount.floatValue());
        });
    return bias;
  }

  private static int id(String token, int vocabulary) {
    try {
      int id = Integer.parseInt(token);
      require(id >= 0 && id < vocabulary, "logit_bias", "of ids in 0 … " + (vocabulary - 1), token);
      return id;
    } catch (NumberFormatException e) {
      throw Refusal.invalid("logit_bias", "logit_bias has token ids as its keys, not " + token);
    }
  }

  /** An id has to mean the same to both models. */
  private static int sharedVocabulary(Pair pair) {
    Tokenizer small = pair.small().tokenizer();
    Tokenizer large = pair.large().tokenizer();
    boolean biased =
        pair.small().capabilities().logitBias() && pair.large().capabilities().logitBias();
    if (small != null && large != null && biased && Exchange.between(small, large).sameIds()) {
      return Math.min(small.size(), large.size());
    }
    throw Refusal.of(
        Refusal.Kind.UNSUPPORTED,
        "logit_bias",
        "logit_bias needs two models of one vocabulary that take it, and those of this pair are not");
  }

  private static void require(boolean kept, String field, String rule, @Nullable Object value) {
    if (!kept) {
      throw Refusal.invalid(field, field + " must be " + rule + ", not " + value);
    }
  }
}
