package dev.splitreason.data.annotate;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.data.annotate.HardTokens.Compared;
import java.util.Arrays;

/**
 * How probable a model finds each token of a text.
 *
 * @param ends byte offset in the text's UTF-8 behind each token
 * @param logProbs natural logarithm of each token's probability
 */
record TokenScores(int[] ends, float[] logProbs) {

  /** Tokens scored in one pass; what a pass holds in memory grows with it. */
  private static final int RUN = 512;

  /** Scores a text that follows a prompt. */
  static TokenScores of(LanguageModel model, Prompt prompt, String text)
      throws InterruptedException {
    Tokenizer tokenizer = model.tokenizer();
    if (tokenizer == null || !model.capabilities().scoring()) {
      throw new UserMistake(model.info().name() + " cannot score tokens, which divergence needs");
    }
    // A trace is a model's own output: tags and markers in it were control tokens.
    int[] tokens = tokenizer.tokenizeWithControl(text);
    float[] logProbs = new float[tokens.length];
    try (Session session = model.open()) {
      // By part: how a prompt is cut into passes shows in the last digits of the scores.
      for (Prompt.Part part : prompt.parts()) {
        session.append(tokenizer.tokens(part));
      }
      for (int from = 0; from < tokens.length; from += RUN) {
        int[] run = Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + RUN));
        float[] scored = session.score(run, ScoreRequest.ofLogProbs()).logProbs();
        System.arraycopy(scored, 0, logProbs, from, scored.length);
      }
    }
    int[] ends = new int[tokens.length];
    int end = 0;
    for (int i = 0; i < tokens.length; i++) {
      end += tokenizer.bytes(tokens[i]).length;
      ends[i] = end;
    }
    return new TokenScores(ends, logProbs);
  }

  /**
   * How much surer the other model is of each of these tokens, in nats. Where its tokens have other
   * borders, each byte of one carries an equal part of its log-probability.
   */
  Compared comparedWith(TokenScores other) {
    double[] advantage = new double[ends.length];
    double[] theirLogProbs = new double[ends.length];
    int theirs = 0;
    int start = 0;
    for (int i = 0; i < ends.length; i++) {
      double sum = 0;
      for (int at = start; at < ends[i]; at++) {
        while (other.ends[theirs] <= at) {
          theirs++;
        }
        int length = other.ends[theirs] - (theirs == 0 ? 0 : other.ends[theirs - 1]);
        sum += other.logProbs[theirs] / length;
      }
      theirLogProbs[i] = sum;
      advantage[i] = sum - logProbs[i];
      start = ends[i];
    }
    return new Compared(ends, advantage, theirLogProbs);
  }
}
