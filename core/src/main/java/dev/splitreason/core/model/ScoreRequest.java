package dev.splitreason.core.model;

import dev.splitreason.core.sampling.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * What to compute at every position of a scored run. What is not asked for costs nothing.
 *
 * @param logProbs whether to give the log-probability of each token of the run
 * @param watch ids whose log-probabilities to give at every position
 * @param entropy whether to give the entropy at every position
 * @param draw the sampler with which to draw a token at every position, or null for none
 */
public record ScoreRequest(
    boolean logProbs, int[] watch, boolean entropy, @Nullable Sampling draw) {

  private static final int[] NONE = {};

  /** Log-probabilities of the run's own tokens. */
  public static ScoreRequest ofLogProbs() {
    return new ScoreRequest(true, NONE, false, null);
  }

  /** What the sampler would draw at every position. */
  public static ScoreRequest ofDraws(Sampling sampling) {
    return new ScoreRequest(false, NONE, false, sampling);
  }

  /** The entropy at every position. */
  public static ScoreRequest ofEntropy() {
    return new ScoreRequest(false, NONE, true, null);
  }
}
