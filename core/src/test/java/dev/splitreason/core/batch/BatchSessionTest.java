package dev.splitreason.core.batch;

import static dev.splitreason.core.batch.TinyModel.PROMPT;
import static dev.splitreason.core.batch.TinyModel.WARM;
import static dev.splitreason.core.batch.TinyModel.ids;
import static dev.splitreason.core.batch.TinyModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a session alone promises. */
@Timeout(120)
class BatchSessionTest {

  private final TinyModel model = TinyModel.roomy();

  @AfterEach
  void close() {
    model.close();
    assertThat(model.transformer.closed).isTrue();
  }

  // ---- the sequence ----

  @Test
  void decodingGoesOnWhereItStopped() throws Exception {
    try (Session session = model.opened(PROMPT)) {
      List<Integer> parts = new ArrayList<>();
      for (int part = 0; part < 5; part++) {
        parts.addAll(ids(session.decode(DecodeRequest.upTo(4, WARM), token -> {})));
      }
      assertThat(parts).isEqualTo(model.decode(PROMPT, 20));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenAppendedTokensAreEvaluatedDoesNotMatter(Appending appending) throws Exception {
    try (TinyModel other = new TinyModel(appending, 2, 1000);
        Session session = other.open()) {
      for (int token : PROMPT) {
        session.append(token);
      }
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(model.decode(PROMPT, 10));
    }
  }

  @Test
  void truncatingAndAppendingOtherTokensEqualsAFreshPrefill() throws Exception {
    int[] other = tokens(2, 5);
    try (Session session = model.opened(PROMPT)) {
      session.decode(DecodeRequest.upTo(15, WARM), token -> {});
      session.truncate(PROMPT.length);
      session.append(other);
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(model.decode(joined(PROMPT, other), 10));
      session.truncate(PROMPT.length);
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(model.decode(PROMPT, 10));
    }
  }

  @Test
  void aForkGoesItsOwnWayAndOutlivesItsOriginal() throws Exception {
    int[] other = tokens(3, 5);
    Session session = model.opened(PROMPT);
    session.decode(DecodeRequest.upTo(5, WARM), token -> {});
    session.truncate(PROMPT.length);
    try (Session fork = session.fork()) {
      fork.append(other);
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(model.decode(PROMPT, 10));
      session.close();
      assertThat(ids(fork.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(model.decode(joined(PROMPT, other), 10));
    }
  }

  // ---- what is evaluated, and when ----

  @Test
  void theLastTokenWaitsUntilItsLogitsAreWanted() throws Exception {
    try (Session session = model.opened(PROMPT)) {
      assertThat(model.transformer.evaluated()).isEqualTo(PROMPT.length - 1);
      session.append(7);
      assertThat(model.transformer.evaluated()).isEqualTo(PROMPT.length);
    }
  }

  @Test
  void wholeAppendsWaitWhereNobodyIsInAHurry() throws Exception {
    try (TinyModel patient = new TinyModel(Appending.WAITS, 2, 1000);
        Session session = patient.opened(PROMPT)) {
      session.append(7);
      assertThat(patient.transformer.evaluated()).isZero();
      session.decode(DecodeRequest.upTo(1, WARM), token -> {});
      assertThat(patient.transformer.batches).hasSize(1);
    }
  }

  @Test
  void noPositionIsEvaluatedTwice() throws Exception {
    try (Session session = model.opened(PROMPT)) {
      session.score(tokens(4, 6), ScoreRequest.ofDraws(WARM));
      session.decode(DecodeRequest.upTo(5, WARM), token -> {});
      session.decode(DecodeRequest.upTo(5, WARM).withMaxEntropy(1e-9), token -> {});
      session.decode(DecodeRequest.upTo(5, WARM), token -> {});
      session.score(new int[0], ScoreRequest.ofEntropy());
      session.score(tokens(5, 3), ScoreRequest.ofEntropy());
      assertThat(model.transformer.evaluated()).isEqualTo(session.length());
    }
  }

  // ---- scoring ----

  @Test
  void scoringInOnePassEqualsScoringStepByStep() throws Exception {
    int[] run = tokens(5, 30);
    ScoreRequest request = new ScoreRequest(true, new int[] {21, 99}, true, WARM);
    try (Session atOnce = model.opened(PROMPT);
        Session stepwise = model.opened(PROMPT)) {
      Scores scores = atOnce.score(run, request);
      for (int i = 0; i < run.length; i++) {
        Scores step = stepwise.score(new int[] {run[i]}, request);
        assertThat(scores.logProbs()[i]).isCloseTo(step.logProbs()[0], within(1e-5f));
        assertThat(scores.entropy()[i + 1]).isCloseTo(step.entropy()[1], within(1e-5f));
        assertThat(scores.watched()[i + 1]).containsExactly(step.watched()[1], within(1e-5f));
        assertThat(scores.drawn()[i + 1]).isEqualTo(step.drawn()[1]);
      }
    }
  }

  @Test
  void whatAScoreDrawsIsWhatADecodeWrites() throws Exception {
    int[] written = model.decode(PROMPT, 20).stream().mapToInt(Integer::intValue).toArray();
    try (Session session = model.opened(PROMPT)) {
      Scores scores = session.score(written, ScoreRequest.ofDraws(WARM));
      assertThat(Arrays.copyOf(scores.drawn(), 20)).containsExactly(written);
      assertThat(ids(session.decode(DecodeRequest.upTo(1, WARM), token -> {})))
          .containsExactly(scores.drawn()[20]);
    }
  }

  @Test
  void aListenerSeesWhatWasDrawnAndFromWhat() throws Exception {
    List<String> seen = new ArrayList<>();
    DrawListener listener =
        new DrawListener() {
          @Override
          public void wrote(int position, int id, float[] logits, Sampling sampling) {
            seen.add("wrote " + id + " at " + position + ", " + Float.isFinite(logits[id]));
          }

          @Override
          public void looked(int position, int id, float[] logits, Sampling sampling) {
            seen.add("looked " + id + " at " + position + ", " + Float.isFinite(logits[id]));
          }
        };
    int end = Vocabulary.BYTES.end();
    try (BatchSession session = model.open(listener)) {
      session.append(PROMPT);
      int id = ids(session.decode(DecodeRequest.upTo(1, WARM), token -> {})).getFirst();
      int looked = session.score(new int[0], ScoreRequest.ofDraws(WARM)).drawn()[0];
      session.decode(DecodeRequest.upTo(1, Sampling.GREEDY.plusBias(end, 1000)), token -> {});

      assertThat(seen)
          .containsExactly(
              "wrote " + id + " at 20, true",
              "looked " + looked + " at 21, true",
              "wrote " + end + " at 21, true");
      assertThat(session.tokens()).isEqualTo(joined(PROMPT, new int[] {id}));
    }
  }

  // ---- ends ----

  @Test
  void tellsWhyADecodeEnded() throws Exception {
    int[] count = {0};
    DecodeRequest stopping = DecodeRequest.upTo(10, WARM).withStop(token -> ++count[0] == 4);
    Sampling ending = Sampling.GREEDY.plusBias(Vocabulary.BYTES.end(), 1000);
    try (Session session = model.opened(PROMPT)) {
      assertEnd(session, stopping, Decoded.End.STOPPED, 4);
      assertEnd(session, DecodeRequest.upTo(2, WARM), Decoded.End.MAX_TOKENS, 2);
      assertEnd(session, stopping.withMaxEntropy(1e-9), Decoded.End.UNCERTAIN, 0);
      assertEnd(session, DecodeRequest.upTo(9, ending), Decoded.End.END_OF_TEXT, 0);
      assertEnd(session, DecodeRequest.upTo(99, WARM), Decoded.End.CONTEXT_FULL, 64 - 26);
      assertEnd(session, DecodeRequest.upTo(99, WARM), Decoded.End.CONTEXT_FULL, 0);
    }
  }

  private static void assertEnd(Session session, DecodeRequest request, Decoded.End end, int tokens)
      throws InterruptedException {
    int before = session.length();
    Decoded decoded = session.decode(request, token -> {});
    assertThat(decoded.end()).isEqualTo(end);
    assertThat(decoded.tokens()).hasSize(tokens);
    assertThat(session.length()).isEqualTo(before + tokens);
  }

  @Test
  void refusesWhatDoesNotFitTheContext() throws Exception {
    try (Session session = model.opened(PROMPT)) {
      assertThatThrownBy(() -> session.append(tokens(1, 50)))
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_OVERFLOW))
          .hasMessage("70 tokens do not fit the context of 64 tokens of tiny");
      assertThatThrownBy(() -> session.score(tokens(1, 50), ScoreRequest.ofEntropy()))
          .hasMessage("70 tokens do not fit the context of 64 tokens of tiny");
      assertThatThrownBy(() -> session.truncate(21)).hasMessageContaining("cannot be truncated");
    }
  }

  @Test
  void aClosedSessionRefusesEverything() throws Exception {
    Session session = model.opened(PROMPT);
    session.close();
    session.close();
    assertThatThrownBy(() -> session.append(1)).hasMessage("the session is closed");
    assertThatThrownBy(session::fork).hasMessage("the session is closed");
  }

  @Test
  void anEmptySessionPredictsNothing() {
    try (Session session = model.open()) {
      assertThatThrownBy(() -> session.decode(DecodeRequest.upTo(1, WARM), token -> {}))
          .hasMessageContaining("append a prompt first");
    }
  }

  private static int[] joined(int[] one, int[] other) {
    return IntStream.concat(IntStream.of(one), IntStream.of(other)).toArray();
  }
}
