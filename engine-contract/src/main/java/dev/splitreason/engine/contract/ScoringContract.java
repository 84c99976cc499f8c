package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A score tells in one pass what a model would have written at every position of a run. */
public interface ScoringContract extends ModelUnderTest {

  /** How far two ways to the same float may be apart. */
  float FLOAT_ERROR = 1e-4f;

  @Test
  default void scoringInOnePassEqualsScoringStepByStep() throws Exception {
    needs(Capability.SCORING);
    int[] run = Passage.ofIds(5, 30).ids();
    ScoreRequest request = new ScoreRequest(true, new int[0], false, steady());
    try (Session atOnce = opened(prompt());
        Session stepwise = opened(prompt())) {
      Scores scores = atOnce.score(run, request);
      for (int i = 0; i < run.length; i++) {
        Scores step = stepwise.score(new int[] {run[i]}, request);
        assertThat(scores.logProbs()[i]).isCloseTo(step.logProbs()[0], within(FLOAT_ERROR));
        assertThat(scores.drawn()[i + 1]).isEqualTo(step.drawn()[1]);
      }
      assertThat(atOnce.length()).isEqualTo(stepwise.length());
    }
  }

  @Test
  default void entropyInOnePassIsThatStepByStep() throws Exception {
    needs(Capability.SCORING);
    needs(Capability.ENTROPY);
    int[] run = Passage.ofIds(5, 30).ids();
    ScoreRequest request = ScoreRequest.ofEntropy();
    try (Session atOnce = opened(prompt());
        Session stepwise = opened(prompt())) {
      Scores scores = atOnce.score(run, request);
      for (int i = 0; i < run.length; i++) {
        Scores step = stepwise.score(new int[] {run[i]}, request);
        assertThat(scores.entropy()[i + 1]).isCloseTo(step.entropy()[1], within(FLOAT_ERROR));
      }
    }
  }

  @Test
  default void whatIsUncertainToAScoreIsUncertainToADecode() throws Exception {
    needs(Capability.SCORING);
    needs(Capability.ENTROPY);
    try (Session session = opened(prompt())) {
      float[] entropy =
          session.score(Passage.ofIds(5, 3).ids(), ScoreRequest.ofEntropy()).entropy();
      double next = entropy[entropy.length - 1];
      DecodeRequest one = DecodeRequest.upTo(1, steady());
      assertThat(session.decode(one.withMaxEntropy(next - FLOAT_ERROR), token -> {}).end())
          .isEqualTo(Decoded.End.UNCERTAIN);
      assertThat(session.decode(one.withMaxEntropy(next + FLOAT_ERROR), token -> {}).end())
          .isNotEqualTo(Decoded.End.UNCERTAIN);
    }
  }

  @Test
  default void watchedTokensInOnePassAreThoseStepByStep() throws Exception {
    needs(Capability.SCORING);
    int[] run = Passage.ofIds(5, 30).ids();
    ScoreRequest request = new ScoreRequest(false, new int[] {21, 99}, false, null);
    try (Session atOnce = opened(prompt());
        Session stepwise = opened(prompt())) {
      Scores scores = watched(atOnce, run, request);
      for (int i = 0; i < run.length; i++) {
        Scores step = stepwise.score(new int[] {run[i]}, request);
        assertThat(scores.watched()[i + 1]).containsExactly(step.watched()[1], within(FLOAT_ERROR));
      }
    }
  }

  /** Skips a test where only the likeliest tokens are known, and says so. */
  private static Scores watched(Session session, int[] run, ScoreRequest request)
      throws InterruptedException {
    try {
      return session.score(run, request);
    } catch (UnsupportedOperationException e) {
      return abort(String.valueOf(e.getMessage()));
    }
  }

  @Test
  default void whatAScoreDrawsIsWhatADecodeWrites() throws Exception {
    needs(Capability.SCORING);
    List<Token> written = decode(prompt(), 20, steady());
    int[] run = ids(written);
    try (Session session = opened(prompt())) {
      int start = session.length();
      Scores scores = session.score(run, ScoreRequest.ofDraws(steady()));
      assertThat(Arrays.copyOf(scores.drawn(), 20)).containsExactly(run);
      session.truncate(start + 10);
      assertThat(decode(session, 10, steady())).isEqualTo(written.subList(10, 20));
    }
  }

  @Test
  default void decodingAfterAScoreTakesItsLastLogits() throws Exception {
    needs(Capability.SCORING);
    List<Token> written = decode(prompt(), 20, steady());
    try (Session session = opened(prompt())) {
      session.score(ids(written.subList(0, 10)), ScoreRequest.ofLogProbs());
      assertThat(decode(session, 10, steady())).isEqualTo(written.subList(10, 20));
    }
  }

  @Test
  default void scoringAnEmptyRunTellsWhatComesNext() throws Exception {
    needs(Capability.SCORING);
    ScoreRequest draws = ScoreRequest.ofDraws(steady());
    try (Session session = opened(prompt())) {
      int[] next = session.score(new int[0], draws).drawn();
      assertThat(next).containsExactly(ids(decode(prompt(), 1, steady())));
      assertThat(session.score(new int[0], draws).drawn()).isEqualTo(next);
      assertThat(ids(decode(session, 1, steady()))).isEqualTo(next);
    }
  }

  @Test
  default void aModelThatCannotScoreSaysSo() throws Exception {
    assumeFalse(model().capabilities().scoring(), "it can score");
    try (Session session = opened(prompt())) {
      assertThatThrownBy(() -> session.score(new int[] {21}, ScoreRequest.ofLogProbs()))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("cannot score");
    }
  }
}
