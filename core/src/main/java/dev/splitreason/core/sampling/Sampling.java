package dev.splitreason.core.sampling;

import dev.splitreason.core.error.UserMistake;
import java.util.HashMap;
import java.util.Map;

/**
 * How tokens are drawn: the usual options of the field, applied in this order: bias, repetition
 * penalty, temperature, top-k, top-p, min-p.
 *
 * @param temperature 0 for greedy (arg max), else the divisor of the logits
 * @param topK keep the k most probable tokens; 0 for all
 * @param topP keep the smallest set of most probable tokens whose probability reaches this; 1 for
 *     all
 * @param minP drop tokens less probable than this share of the most probable one; 0 for none
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens among the last
 *     {@link #PENALTY_WINDOW} (arXiv 1909.05858, section 4.1); 1 for none
 * @param seed with the position, decides every draw
 * @param bias added to the logit of an id; negative infinity forbids it
 */
public record Sampling(
    double temperature,
    int topK,
    double topP,
    double minP,
    double repetitionPenalty,
    long seed,
    Map<Integer, Float> bias) {

  /** How many of the last tokens the repetition penalty looks at. */
  public static final int PENALTY_WINDOW = 64;

  /** Always the most probable token. */
  public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1, 0, Map.of());

  public Sampling {
    require(temperature >= 0 && temperature <= 100, "temperature must be in 0 … 100", temperature);
    require(topK >= 0, "top-k must not be negative", topK);
    require(topP > 0 && topP <= 1, "top-p must be above 0 and at most 1", topP);
    require(minP >= 0 && minP <= 1, "min-p must be in 0 … 1", minP);
    require(
        repetitionPenalty > 0 && repetitionPenalty <= 10,
        "repetition penalty must be above 0 and at most 10",
        repetitionPenalty);
    bias = Map.copyOf(bias);
  }

  /** Draws at a temperature from the whole distribution. */
  public static Sampling at(double temperature, long seed) {
    return new Sampling(temperature, 0, 1, 0, 1, seed, Map.of());
  }

  /** Whether the most probable token is always taken. */
  public boolean greedy() {
    return temperature == 0;
  }

  /** The same options with {@code amount} added to the bias of one id. */
  public Sampling plusBias(int id, float amount) {
    Map<Integer, Float> sum = new HashMap<>(bias);
    sum.merge(id, amount, Float::sum);
    return new Sampling(temperature, topK, topP, minP, repetitionPenalty, seed, sum);
  }

  /** The same options with one id forbidden. */
  public Sampling forbidding(int id) {
    return plusBias(id, Float.NEGATIVE_INFINITY);
  }

  /** The same options with another seed. */
  public Sampling withSeed(long seed) {
    return new Sampling(temperature, topK, topP, minP, repetitionPenalty, seed, bias);
  }

  private static void require(boolean condition, String rule, Number value) {
    if (!condition) {
      throw new UserMistake(rule + ", not " + value);
    }
  }
}
