package dev.splitreason.engine.llamacpp;

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
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LlamaSessionTest {

  private static final int[] PROMPT = TinyModel.tokens(1, 40);
  private static final Sampling WARM = Sampling.at(0.8, 42);
  private static final double FLOAT_ERROR = 1e-4;

  @SuppressWarnings("NullAway.Init")
  private static LlamaCppModel model;

  @BeforeAll
  static void load() throws Exception {
    model = TinyModel.load();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  // ---- the sequence ----

  @Test
  void decodingGoesOnWhereItStopped() throws Exception {
    List<Integer> whole = decode(PROMPT, 30, WARM);
    try (Session session = opened(PROMPT)) {
      List<Integer> parts = new ArrayList<>();
      for (int part = 0; part < 30; part += 5) {
        parts.addAll(ids(session.decode(DecodeRequest.upTo(5, WARM), token -> {})));
      }
      assertThat(parts).isEqualTo(whole);
      assertThat(session.length()).isEqualTo(PROMPT.length + 30);
    }
  }

  @Test
  void howThePromptWasCutIntoAppendsDoesNotMatter() throws Exception {
    try (Session session = model.open()) {
      for (int token : PROMPT) {
        session.append(token);
      }
      assertThat(ids(session.decode(DecodeRequest.upTo(20, Sampling.GREEDY), token -> {})))
          .isEqualTo(decode(PROMPT, 20, Sampling.GREEDY));
    }
  }

  @Test
  void truncatingEqualsAFreshPrefill() throws Exception {
    try (Session session = opened(PROMPT)) {
      session.decode(DecodeRequest.upTo(25, WARM), token -> {});
      session.truncate(PROMPT.length);
      assertThat(ids(session.decode(DecodeRequest.upTo(20, Sampling.GREEDY), token -> {})))
          .isEqualTo(decode(PROMPT, 20, Sampling.GREEDY));
    }
  }

  @Test
  void truncatingAndAppendingOtherTokensReplacesThem() throws Exception {
    int[] other = TinyModel.tokens(2, 15);
    try (Session session = opened(PROMPT)) {
      session.append(TinyModel.tokens(3, 30));
      session.truncate(PROMPT.length);
      session.append(other);
      int[] both = IntStream.concat(IntStream.of(PROMPT), IntStream.of(other)).toArray();
      assertThat(ids(session.decode(DecodeRequest.upTo(20, Sampling.GREEDY), token -> {})))
          .isEqualTo(decode(both, 20, Sampling.GREEDY));
    }
  }

  @Test
  void aForkGoesItsOwnWayAndLeavesTheOriginalAlone() throws Exception {
    int[] other = TinyModel.tokens(4, 10);
    try (Session session = opened(PROMPT);
        Session fork = session.fork()) {
      fork.append(other);
      int[] both = IntStream.concat(IntStream.of(PROMPT), IntStream.of(other)).toArray();
      assertThat(ids(fork.decode(DecodeRequest.upTo(10, Sampling.GREEDY), token -> {})))
          .isEqualTo(decode(both, 10, Sampling.GREEDY));
      assertThat(ids(session.decode(DecodeRequest.upTo(10, Sampling.GREEDY), token -> {})))
          .isEqualTo(decode(PROMPT, 10, Sampling.GREEDY));
    }
  }

  @Test
  void anInterruptedForkLeavesNoSequenceBehind() throws Exception {
    try (LlamaCppModel two = TinyModel.load(TinyModel.OPTIONS.withMaxSessions(2));
        Session session = two.open()) {
      session.append(PROMPT);
      for (int i = 0; i < 100; i++) {
        Thread.currentThread().interrupt();
        try {
          session.fork().close();
        } catch (InterruptedException e) {
          // Expected, unless the fork was there before it was asked for.
        } finally {
          Thread.interrupted();
        }
      }
    }
  }

  @Test
  void aForkOutlivesItsOriginal() throws Exception {
    Session session = opened(PROMPT);
    try (Session fork = session.fork()) {
      session.close();
      assertThat(ids(fork.decode(DecodeRequest.upTo(10, Sampling.GREEDY), token -> {})))
          .isEqualTo(decode(PROMPT, 10, Sampling.GREEDY));
    }
  }

  // ---- scoring ----

  @Test
  void scoringInOnePassEqualsScoringStepByStep() throws Exception {
    int[] run = TinyModel.tokens(5, 30);
    ScoreRequest request = new ScoreRequest(true, new int[] {21, 99}, true, WARM);
    try (Session atOnce = opened(PROMPT);
        Session stepwise = opened(PROMPT)) {
      Scores scores = atOnce.score(run, request);
      for (int i = 0; i < run.length; i++) {
        Scores step = stepwise.score(new int[] {run[i]}, request);
        assertThat(scores.logProbs()[i]).isCloseTo(step.logProbs()[0], within((float) FLOAT_ERROR));
        assertThat(scores.entropy()[i + 1])
            .isCloseTo(step.entropy()[1], within((float) FLOAT_ERROR));
        assertThat(scores.watched()[i + 1][1])
            .isCloseTo(step.watched()[1][1], within((float) FLOAT_ERROR));
        assertThat(scores.drawn()[i + 1]).isEqualTo(step.drawn()[1]);
      }
    }
  }

  @Test
  void whatAScoreDrawsIsWhatADecodeWrites() throws Exception {
    List<Integer> written = decode(PROMPT, 20, WARM);
    try (Session session = opened(PROMPT)) {
      int[] run = written.stream().mapToInt(Integer::intValue).toArray();
      Scores scores = session.score(run, ScoreRequest.ofDraws(WARM));
      assertThat(java.util.Arrays.copyOf(scores.drawn(), 20)).containsExactly(run);
    }
  }

  @Test
  void decodingAfterAScoreTakesItsLastLogits() throws Exception {
    List<Integer> written = decode(PROMPT, 20, Sampling.GREEDY);
    try (Session session = opened(PROMPT)) {
      int[] run = written.subList(0, 10).stream().mapToInt(Integer::intValue).toArray();
      session.score(run, ScoreRequest.ofEntropy());
      assertThat(ids(session.decode(DecodeRequest.upTo(10, Sampling.GREEDY), token -> {})))
          .isEqualTo(written.subList(10, 20));
    }
  }

  @Test
  void scoringAnEmptyRunTellsWhatComesNext() throws Exception {
    try (Session session = opened(PROMPT)) {
      Scores scores = session.score(new int[0], ScoreRequest.ofDraws(Sampling.GREEDY));
      assertThat(scores.drawn()).containsExactly(decode(PROMPT, 1, Sampling.GREEDY).getFirst());
      assertThat(session.score(new int[0], ScoreRequest.ofDraws(Sampling.GREEDY)).drawn())
          .isEqualTo(scores.drawn());
    }
  }

  // ---- sessions side by side ----

  @Test
  void resultsDoNotDependOnWhatElseIsInTheBatch() throws Exception {
    List<Integer> alone = decode(PROMPT, 40, WARM);
    List<List<Integer>> together = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int seed = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      boolean same = seed % 3 == 0;
                      int[] prompt = same ? PROMPT : TinyModel.tokens(100 + seed, 5 + 9 * seed);
                      List<Integer> written = decode(prompt, 40, WARM);
                      if (same) {
                        synchronized (together) {
                          together.add(written);
                        }
                      }
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(together).hasSize(4).allSatisfy(written -> assertThat(written).isEqualTo(alone));
  }

  @Test
  void aSessionThatDoesNotFitTheCacheFailsAndTheOthersGoOn() throws Exception {
    try (LlamaCppModel small =
            TinyModel.load(TinyModel.OPTIONS.withContextLength(256).withCacheTokens(256));
        Session first = small.open();
        Session second = small.open()) {
      first.append(TinyModel.tokens(1, 200));
      assertThatThrownBy(() -> second.append(TinyModel.tokens(2, 100)))
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_CAPACITY))
          .hasMessageContaining("KV cache");
      assertThat(first.decode(DecodeRequest.upTo(20, Sampling.GREEDY), token -> {}).tokens())
          .hasSize(20);
    }
  }

  @Test
  void aClosedSessionsRoomIsFree() throws Exception {
    try (LlamaCppModel small =
        TinyModel.load(TinyModel.OPTIONS.withContextLength(256).withCacheTokens(256))) {
      for (int i = 0; i < 5; i++) {
        try (Session session = small.open()) {
          session.append(TinyModel.tokens(i, 200));
        }
      }
    }
  }

  @Test
  void aClosedSessionsPlaceCanBeTakenAtOnce() throws Exception {
    try (LlamaCppModel one = TinyModel.load(TinyModel.OPTIONS.withMaxSessions(1))) {
      for (int i = 0; i < 100; i++) {
        try (Session session = one.open()) {
          session.append(TinyModel.tokens(i, 2));
        }
      }
    }
  }

  @Test
  void moreSessionsThanAllowedAreRefused() throws Exception {
    try (LlamaCppModel one = TinyModel.load(TinyModel.OPTIONS.withMaxSessions(1));
        Session first = one.open()) {
      assertThat(first.length()).isZero();
      assertThatThrownBy(one::open).hasMessageContaining("in use");
    }
  }

  // ---- ends ----

  @Test
  void stopsAfterTheTokenThatTheConditionNames() throws Exception {
    List<Integer> written = decode(PROMPT, 10, WARM);
    try (Session session = opened(PROMPT)) {
      int[] count = {0};
      Decoded decoded =
          session.decode(
              DecodeRequest.upTo(10, WARM).withStop(token -> ++count[0] == 4), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.STOPPED);
      assertThat(ids(decoded)).isEqualTo(written.subList(0, 4));
    }
  }

  @Test
  void stopsBeforeAnUncertainToken() throws Exception {
    try (Session session = opened(PROMPT)) {
      Decoded decoded =
          session.decode(DecodeRequest.upTo(10, WARM).withMaxEntropy(1e-6), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.UNCERTAIN);
      assertThat(decoded.tokens()).isEmpty();
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(decode(PROMPT, 10, WARM));
    }
  }

  @Test
  void stopsWhenTheContextIsFull() throws Exception {
    try (Session session = opened(TinyModel.tokens(1, 250))) {
      Decoded decoded = session.decode(DecodeRequest.upTo(100, WARM), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.CONTEXT_FULL);
      assertThat(decoded.tokens()).hasSize(6);
    }
  }

  @Test
  void tokensBeyondTheContextAreRefused() {
    try (Session session = model.open()) {
      assertThatThrownBy(() -> session.append(TinyModel.tokens(1, 300)))
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_OVERFLOW))
          .hasMessageContaining("300 tokens do not fit the context of 256");
    }
  }

  @Test
  void aFailingStopConditionFailsOnlyItsOwnDecode() throws Exception {
    try (Session session = opened(PROMPT)) {
      assertThatThrownBy(
              () ->
                  session.decode(
                      DecodeRequest.upTo(10, WARM)
                          .withStop(
                              token -> {
                                throw new IllegalStateException("on purpose");
                              }),
                      token -> {}))
          .hasMessage("on purpose");
    }
    assertThat(decode(PROMPT, 10, WARM)).hasSize(10);
  }

  @Test
  void anInterruptEndsADecodeAndTheSessionCanGoOn() throws Exception {
    try (Session session = opened(PROMPT)) {
      CountDownLatch begun = new CountDownLatch(1);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      session.decode(DecodeRequest.upTo(200, WARM), token -> begun.countDown());
                    } catch (InterruptedException e) {
                      thrown.set(e);
                    }
                  });
      begun.await();
      thread.interrupt();
      thread.join();
      if (thrown.get() != null) {
        session.truncate(PROMPT.length);
        assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
            .isEqualTo(decode(PROMPT, 10, WARM));
      } else {
        assertThat(session.length()).isEqualTo(PROMPT.length + 200);
      }
    }
  }

  @Test
  void closingASessionEndsItsDecode() throws Exception {
    Session session = opened(PROMPT);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (true) {
                      session.decode(DecodeRequest.upTo(150, WARM), token -> begun.countDown());
                      session.truncate(PROMPT.length);
                    }
                  } catch (ModelException | InterruptedException e) {
                    thrown.set(e);
                  }
                });
    begun.await();
    session.close();
    thread.join();
    assertThat(thrown.get()).isInstanceOf(ModelException.class);
  }

  @Test
  void closingTheModelEndsEverything() throws Exception {
    LlamaCppModel closing = TinyModel.load();
    Session session = closing.open();
    session.append(PROMPT);
    closing.close();
    closing.close();
    assertThatThrownBy(() -> session.decode(DecodeRequest.upTo(10, WARM), token -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(closing::open).hasMessageContaining("closed");
    session.close();
  }

  // ---- sampling ----

  @Test
  void theSeedDecides() throws Exception {
    assertThat(decode(PROMPT, 30, WARM)).isEqualTo(decode(PROMPT, 30, WARM));
    assertThat(decode(PROMPT, 30, WARM)).isNotEqualTo(decode(PROMPT, 30, WARM.withSeed(43)));
  }

  @Test
  void aBiasForcesAndForbids() throws Exception {
    assertThat(decode(PROMPT, 5, Sampling.GREEDY.plusBias(123, 1000f))).containsOnly(123);
    int first = decode(PROMPT, 1, Sampling.GREEDY).getFirst();
    assertThat(decode(PROMPT, 1, Sampling.GREEDY.forbidding(first))).doesNotContain(first);
  }

  private static Session opened(int[] prompt) throws InterruptedException {
    Session session = model.open();
    session.append(prompt);
    return session;
  }

  private static List<Integer> decode(int[] prompt, int count, Sampling sampling)
      throws InterruptedException {
    try (Session session = opened(prompt)) {
      return ids(session.decode(DecodeRequest.upTo(count, sampling), token -> {}));
    }
  }

  private static List<Integer> ids(Decoded decoded) {
    return decoded.tokens().stream().map(Token::id).toList();
  }
}
