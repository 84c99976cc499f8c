package dev.splitreason.core.batch;

import static dev.splitreason.core.batch.TinyModel.PROMPT;
import static dev.splitreason.core.batch.TinyModel.WARM;
import static dev.splitreason.core.batch.TinyModel.ids;
import static dev.splitreason.core.batch.TinyModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a session that is computed in batches does beyond what every session promises. The promises
 * are tried where engines compute.
 */
@Timeout(120)
class BatchSessionTest {

  private final TinyModel model = TinyModel.roomy();

  @AfterEach
  void close() {
    model.close();
    assertThat(model.transformer.closed).isTrue();
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

  private static int[] joined(int[] one, int[] other) {
    return IntStream.concat(IntStream.of(one), IntStream.of(other)).toArray();
  }
}
