package dev.splitreason.evaluation.metric;

import dev.splitreason.evaluation.run.Contender;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a contender reached. A failed sample counts as wrong: who uses the pair has no answer.
 *
 * @param contender who
 * @param accuracy pass@1: the share of right samples, averaged over problems
 * @param ci95 its 95 % bootstrap interval over problems
 * @param accuracyOfAnswers the same without the samples that failed, which says more of the models
 *     and less of the machine; null if no other is there
 * @param offloadRatio the large model's tokens over all tokens kept, of all samples
 * @param offloadCi95 its 95 % bootstrap interval over problems
 * @param meanLatency seconds of an answer, with as many in flight as the run had
 * @param problems with at least one sample
 * @param samples of a problem, at most
 * @param failures samples that a model failed to give
 * @param truncated answers that ended at the token limit or the end of the context, right or wrong
 * @param passAtK unbiased pass@k, by k: 1, 2, 4 … and the number of samples
 * @param majority maj@k with all samples of a problem
 * @param tokens mean kept tokens of an answer
 * @param byDifficulty accuracy of the problems of each difficulty
 * @param gain over the reference contender on the same problems; null for the reference itself
 */
public record Result(
    Contender contender,
    double accuracy,
    Interval ci95,
    @Nullable Double accuracyOfAnswers,
    double offloadRatio,
    Interval offloadCi95,
    double meanLatency,
    int problems,
    int samples,
    int failures,
    int truncated,
    SortedMap<Integer, Double> passAtK,
    double majority,
    double tokens,
    SortedMap<String, Group> byDifficulty,
    @Nullable Gain gain) {

  /**
   * The problems of one difficulty.
   *
   * @param accuracy pass@1 on them
   * @param problems how many
   */
  public record Group(double accuracy, int problems) {}

  /**
   * A paired difference: both contenders on the same problems.
   *
   * @param over the reference
   * @param accuracy this accuracy less the reference's
   * @param ci95 its 95 % bootstrap interval over problems
   * @param pValue how likely chance alone makes as large a difference, either way: McNemar's exact
   *     test where each problem has one answer, else a sign-flip test
   */
  public record Gain(Contender over, double accuracy, Interval ci95, double pValue) {}

  /** Whether there is an answer to measure; without one, shares and times mean nothing. */
  public boolean measured() {
    return accuracyOfAnswers != null;
  }

  /** The same result beside a reference. */
  Result withGain(Gain gain) {
    return new Result(
        contender,
        accuracy,
        ci95,
        accuracyOfAnswers,
        offloadRatio,
        offloadCi95,
        meanLatency,
        problems,
        samples,
        failures,
        truncated,
        passAtK,
        majority,
        tokens,
        byDifficulty,
        gain);
  }
}
