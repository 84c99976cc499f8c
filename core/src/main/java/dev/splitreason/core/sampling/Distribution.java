package dev.splitreason.core.sampling;

/**
 * What a row of logits says as a probability distribution, at temperature 1 and before any bias.
 * The largest logit is subtracted before any exponential is taken, so no finite row overflows.
 *
 * @param logSumExp ln Σ exp(logit): what to subtract from a logit to get a log-probability
 * @param entropy −Σ p ln p in nats: 0 when one token is certain, ln(vocabulary) when all are equal
 */
public record Distribution(double logSumExp, double entropy) {

  /**
   * Reads a row of logits, one a token; negative infinity for what cannot come.
   *
   * @throws dev.splitreason.core.model.ModelException if a logit is NaN or positive infinity, or
   *     all are negative infinity
   */
  public static Distribution of(float[] logits) {
    float max = logits[Logits.peak(logits)];
    float rate = Logits.rate(1);
    float[] weights = new float[Logits.BLOCK];
    int[] whole = new int[Logits.BLOCK];
    double sum = 0;
    double moment = 0;
    for (int from = 0; from < logits.length; from += Logits.BLOCK) {
      int size = Math.min(Logits.BLOCK, logits.length - from);
      System.arraycopy(logits, from, weights, 0, size);
      Logits.exp(weights, 0, size, max, rate, whole);
      sum += Logits.sum(weights, 0, size);
      for (int i = 0; i < size; i++) {
        // Where the weight is 0 any finite factor will do, but infinity would give NaN.
        weights[i] *= Math.max(logits[from + i] - max, -1000f);
      }
      moment += Logits.sum(weights, 0, size);
    }
    // With p = w / Σw and ln p = (logit - max) - ln Σw:
    double logSum = Math.log(sum);
    return new Distribution(max + logSum, Math.max(0, logSum - moment / sum));
  }

  /** The log-probability in nats of a token with this logit in the same row. */
  public double logProb(float logit) {
    return logit - logSumExp;
  }
}
