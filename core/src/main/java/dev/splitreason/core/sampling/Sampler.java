package dev.splitreason.core.sampling;

import dev.splitreason.core.error.UserMistake;
import java.util.Arrays;
import java.util.Map;

/**
 * Draws a token from a row of logits. The draw is a function of the logits, the options and the
 * position alone, see {@link CounterRandom}; nothing is remembered between two draws.
 *
 * <p>Holds buffers of the size of the vocabulary: make one for a model and thread and use it again.
 * Not thread-safe.
 */
public final class Sampler {

  private final float[] scores;
  private final Candidates candidates;

  /** A sampler for a vocabulary of this size. */
  public Sampler(int vocabulary) {
    scores = new float[vocabulary];
    candidates = new Candidates(vocabulary);
  }

  /**
   * Draws the token that comes at a position.
   *
   * @param logits one a token of the vocabulary; negative infinity for what cannot come. Not
   *     modified
   * @param sampling how to draw
   * @param position the index in the sequence of the token to be drawn
   * @param tokens the sequence so far, or its end; ids outside the vocabulary are ignored. Only the
   *     repetition penalty looks at it
   * @param length how many elements of {@code tokens} count
   * @return the token's id; where several are equally most probable, the lowest of theirs if the
   *     sampling is greedy
   * @throws dev.splitreason.core.model.ModelException if a logit is NaN or positive infinity, or
   *     every token is forbidden
   * @throws IllegalArgumentException if the row or a biased id does not fit the vocabulary
   */
  public int draw(float[] logits, Sampling sampling, int position, int[] tokens, int length) {
    if (logits.length != scores.length) {
      throw new IllegalArgumentException(
          "a sampler for " + scores.length + " tokens got " + logits.length + " logits");
    }
    if (sampling.greedy() && sampling.bias().isEmpty() && sampling.repetitionPenalty() == 1) {
      return Logits.peak(logits);
    }
    System.arraycopy(logits, 0, scores, 0, scores.length);
    addBias(sampling.bias());
    if (sampling.repetitionPenalty() != 1) {
      penalise(sampling.repetitionPenalty(), tokens, length);
    }
    if (sampling.greedy()) {
      return Logits.peak(scores);
    }
    candidates.reset(scores, sampling.temperature());
    if (sampling.topK() > 0) {
      candidates.keepTop(sampling.topK());
    }
    if (sampling.topP() < 1) {
      candidates.keepMass(sampling.topP());
    }
    if (sampling.minP() > 0) {
      candidates.keepAtLeast(sampling.minP());
    }
    return candidates.draw(CounterRandom.uniform(sampling.seed(), position));
  }

  private void addBias(Map<Integer, Float> bias) {
    bias.forEach(
        (id, amount) -> {
          if (id < 0 || id >= scores.length) {
            throw new UserMistake(
                "the logit bias names token "
                    + id
                    + ", but the vocabulary's ids are 0 … "
                    + (scores.length - 1));
          }
          scores[id] += amount;
        });
  }

  /** Once for each different token of the window, however often it occurs (arXiv 1909.05858). */
  private void penalise(double penalty, int[] tokens, int length) {
    int[] window =
        Arrays.copyOfRange(tokens, Math.max(0, length - Sampling.PENALTY_WINDOW), length);
    Arrays.sort(window);
    for (int i = 0; i < window.length; i++) {
      int id = window[i];
      boolean seen = i > 0 && window[i - 1] == id;
      if (!seen && id >= 0 && id < scores.length) {
        float score = scores[id];
        scores[id] = (float) (score > 0 ? score / penalty : score * penalty);
      }
    }
  }
}
