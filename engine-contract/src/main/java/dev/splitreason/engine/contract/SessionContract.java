package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Session} promises where all capabilities are there. An engine's tests extend
 * this with models of {@value #CONTEXT} tokens of context.
 */
@Timeout(120)
public abstract class SessionContract {

  /** The context that the models under test have, in tokens. */
  protected static final int CONTEXT = 256;

  /** A prompt that all of them can read. */
  protected static final int[] PROMPT = tokens(1, 40);

  private static final float FLOAT_ERROR = 1e-4f;

  /** The model that all tests share: twelve sessions at a time or more. */
  protected abstract LanguageModel model();

  /**
   * A model for one test, which closes it.
   *
   * @param sessions the most at a time
   */
  protected abstract LanguageModel load(int sessions) throws Exception;

  /** Draws that differ from greedy ones, and do not end the text. */
  protected abstract Sampling warm();

  // ---- the sequence ----

  @Test
  void decodingGoesOnWhereItStopped() throws Exception {
    List<Integer> whole = decode(PROMPT, 30, warm());
    try (Session session = opened(PROMPT)) {
      List<Integer> parts = new ArrayList<>();
      for (int part = 0; part < 30; part += 5) {
        parts.addAll(ids(session.decode(DecodeRequest.upTo(5, warm()), token -> {})));
      }
      assertThat(parts).isEqualTo(whole);
      assertThat(session.length()).isEqualTo(PROMPT.length + 30);
    }
  }

  @Test
  void howThePromptWasCutIntoAppendsDoesNotMatter() throws Exception {
    try (Session session = model().open()) {
      for (int token : PROMPT) {
        session.append(token);
      }
      assertThat(ids(session.decode(DecodeRequest.upTo(20, Sampling.GREEDY), token -> {})))
          .isEqualTo(decode(PROMPT, 20, Sampling.GREEDY));
    }
  }

  @Test
  void truncatingEqualsAFreshPrefill() throws Exception {
    int[] other = tokens(2, 15);
    try (Session session = opened(PROMPT)) {
      session.decode(DecodeRequest.upTo(25, warm()), token -> {});
      session.truncate(PROMPT.length);
      session.append(other);
      assertThat(ids(session.decode(DecodeRequest.upTo(20, warm()), token -> {})))
          .isEqualTo(decode(joined(PROMPT, other), 20, warm()));
      session.truncate(PROMPT.length);
      assertThat(ids(session.decode(DecodeRequest.upTo(20, warm()), token -> {})))
          .isEqualTo(decode(PROMPT, 20, warm()));
    }
  }

  @Test
  void truncatingAndAppendingOtherTokensReplacesThem() throws Exception {
    int[] other = tokens(2, 15);
    try (Session session = opened(PROMPT)) {
      session.append(tokens(3, 30));
      session.truncate(PROMPT.length);
      session.append(other);
      assertThat(ids(session.decode(DecodeRequest.upTo(20, Sampling.GREEDY), token -> {})))
          .isEqualTo(decode(joined(PROMPT, other), 20, Sampling.GREEDY));
    }
  }

  @Test
  void aForkGoesItsOwnWayAndOutlivesItsOriginal() throws Exception {
    int[] other = tokens(4, 10);
    Session session = opened(PROMPT);
    session.decode(DecodeRequest.upTo(5, warm()), token -> {});
    try (Session fork = session.fork()) {
      fork.truncate(PROMPT.length);
      fork.append(other);
      assertThat(ids(fork.decode(DecodeRequest.upTo(10, warm()), token -> {})))
          .isEqualTo(decode(joined(PROMPT, other), 20, warm()).subList(0, 10));
      assertThat(ids(session.decode(DecodeRequest.upTo(10, warm()), token -> {})))
          .isEqualTo(decode(PROMPT, 15, warm()).subList(5, 15));
      session.close();
      assertThat(ids(fork.decode(DecodeRequest.upTo(10, warm()), token -> {})))
          .isEqualTo(decode(joined(PROMPT, other), 20, warm()).subList(10, 20));
    }
  }

  @Test
  void anInterruptedForkLeavesNoSessionBehind() throws Exception {
    try (LanguageModel two = load(2);
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
      session.fork().close();
    }
  }

  // ---- scoring ----

  @Test
  void scoringInOnePassEqualsScoringStepByStep() throws Exception {
    int[] run = tokens(5, 30);
    ScoreRequest request = new ScoreRequest(true, new int[] {21, 99}, true, warm());
    try (Session atOnce = opened(PROMPT);
        Session stepwise = opened(PROMPT)) {
      Scores scores = atOnce.score(run, request);
      for (int i = 0; i < run.length; i++) {
        Scores step = stepwise.score(new int[] {run[i]}, request);
        assertThat(scores.logProbs()[i]).isCloseTo(step.logProbs()[0], within(FLOAT_ERROR));
        assertThat(scores.entropy()[i + 1]).isCloseTo(step.entropy()[1], within(FLOAT_ERROR));
        assertThat(scores.watched()[i + 1][1]).isCloseTo(step.watched()[1][1], within(FLOAT_ERROR));
        assertThat(scores.drawn()[i + 1]).isEqualTo(step.drawn()[1]);
      }
    }
  }

  @Test
  void whatAScoreDrawsIsWhatADecodeWrites() throws Exception {
    List<Integer> written = decode(PROMPT, 20, warm());
    int[] run = written.stream().mapToInt(Integer::intValue).toArray();
    try (Session session = opened(PROMPT)) {
      Scores scores = session.score(run, ScoreRequest.ofDraws(warm()));
      assertThat(Arrays.copyOf(scores.drawn(), 20)).containsExactly(run);
      session.truncate(PROMPT.length + 10);
      assertThat(ids(session.decode(DecodeRequest.upTo(10, warm()), token -> {})))
          .isEqualTo(written.subList(10, 20));
    }
  }

  @Test
  void decodingAfterAScoreTakesItsLastLogits() throws Exception {
    List<Integer> written = decode(PROMPT, 20, warm());
    int[] run = written.subList(0, 10).stream().mapToInt(Integer::intValue).toArray();
    try (Session session = opened(PROMPT)) {
      session.score(run, ScoreRequest.ofEntropy());
      assertThat(ids(session.decode(DecodeRequest.upTo(10, warm()), token -> {})))
          .isEqualTo(written.subList(10, 20));
    }
  }

  @Test
  void scoringAnEmptyRunTellsWhatComesNext() throws Exception {
    try (Session session = opened(PROMPT)) {
      int[] next = session.score(new int[0], ScoreRequest.ofDraws(warm())).drawn();
      assertThat(next).containsExactly(decode(PROMPT, 1, warm()).getFirst());
      assertThat(session.score(new int[0], ScoreRequest.ofDraws(warm())).drawn()).isEqualTo(next);
      assertThat(ids(session.decode(DecodeRequest.upTo(1, warm()), token -> {})))
          .containsExactly(next[0]);
    }
  }

  // ---- sessions side by side ----

  @Test
  void resultsDoNotDependOnWhatElseIsInTheBatch() throws Exception {
    List<Integer> alone = decode(PROMPT, 40, warm());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Integer>>> together =
          IntStream.range(0, 12)
              .mapToObj(i -> i % 3 == 0 ? PROMPT : tokens(100 + i, 5 + 9 * i))
              .map(prompt -> threads.submit(() -> decode(prompt, 40, warm())))
              .toList();
      for (int i = 0; i < 12; i += 3) {
        assertThat(together.get(i).get()).isEqualTo(alone);
      }
    }
  }

  @Test
  void moreSessionsThanAllowedAreRefusedAndAClosedOnesPlaceIsFreeAtOnce() throws Exception {
    try (LanguageModel one = load(1)) {
      for (int i = 0; i < 100; i++) {
        try (Session session = one.open()) {
          assertThat(session.length()).isZero();
          session.append(tokens(i, 10));
          assertThat(session.decode(DecodeRequest.upTo(3, warm()), token -> {}).tokens())
              .hasSize(3);
          assertThatThrownBy(one::open)
              .isInstanceOfSatisfying(
                  ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_CAPACITY))
              .hasMessageContaining("all 1 sessions of " + one.info().name() + " are in use");
        }
      }
    }
  }

  // ---- ends ----

  @Test
  void stopsAfterTheTokenThatTheConditionNames() throws Exception {
    int[] count = {0};
    DecodeRequest request = DecodeRequest.upTo(10, warm()).withStop(token -> ++count[0] == 4);
    try (Session session = opened(PROMPT)) {
      Decoded decoded = session.decode(request, token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.STOPPED);
      assertThat(ids(decoded)).isEqualTo(decode(PROMPT, 10, warm()).subList(0, 4));
    }
  }

  @Test
  void stopsBeforeAnUncertainTokenAndGoesOnFromThere() throws Exception {
    try (Session session = opened(PROMPT)) {
      Decoded decoded =
          session.decode(DecodeRequest.upTo(10, warm()).withMaxEntropy(1e-6), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.UNCERTAIN);
      assertThat(decoded.tokens()).isEmpty();
      assertThat(ids(session.decode(DecodeRequest.upTo(10, warm()), token -> {})))
          .isEqualTo(decode(PROMPT, 10, warm()));
    }
  }

  @Test
  void stopsWhenTheContextIsFullAndRefusesTokensBeyondIt() throws Exception {
    try (Session session = opened(tokens(1, CONTEXT - 6))) {
      Decoded decoded = session.decode(DecodeRequest.upTo(100, warm()), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.CONTEXT_FULL);
      assertThat(decoded.tokens()).hasSize(6);
      assertThat(session.length()).isEqualTo(CONTEXT);
      assertThatThrownBy(() -> session.append(21))
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_OVERFLOW))
          .hasMessageContaining("257 tokens do not fit the context of 256");
    }
  }

  @Test
  void tokensBeyondTheContextAreRefused() {
    try (Session session = model().open()) {
      assertThatThrownBy(() -> session.append(tokens(1, 300)))
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_OVERFLOW))
          .hasMessageContaining("300 tokens do not fit the context of 256");
    }
  }

  @Test
  void aFailingStopConditionFailsOnlyItsOwnDecode() throws Exception {
    DecodeRequest request =
        DecodeRequest.upTo(10, warm())
            .withStop(
                token -> {
                  throw new IllegalStateException("on purpose");
                });
    try (Session session = opened(PROMPT)) {
      assertThatThrownBy(() -> session.decode(request, token -> {})).hasMessage("on purpose");
    }
    assertThat(decode(PROMPT, 10, warm())).hasSize(10);
  }

  @Test
  void anInterruptEndsADecodeAndTheSessionCanGoOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (Session session = opened(PROMPT)) {
      Thread thread = Thread.ofVirtual().start(() -> decodeForEver(session, begun, thrown));
      begun.await();
      thread.interrupt();
      thread.join();
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      session.truncate(PROMPT.length);
      assertThat(ids(session.decode(DecodeRequest.upTo(10, warm()), token -> {})))
          .isEqualTo(decode(PROMPT, 10, warm()));
    }
  }

  @Test
  void closingASessionEndsItsDecode() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Session session = opened(PROMPT);
    Thread thread = Thread.ofVirtual().start(() -> decodeForEver(session, begun, thrown));
    begun.await();
    session.close();
    thread.join();
    assertThat(thrown.get()).isInstanceOf(ModelException.class);
  }

  @Test
  void closingTheModelEndsEverything() throws Exception {
    LanguageModel closing = load(2);
    String name = closing.info().name();
    Session session = closing.open();
    session.append(PROMPT);
    closing.close();
    closing.close();
    assertThatThrownBy(() -> session.decode(DecodeRequest.upTo(10, warm()), token -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessage(name + " is closed");
    assertThatThrownBy(closing::open).hasMessage(name + " is closed");
    session.close();
  }

  // ---- sampling ----

  @Test
  void theSeedDecides() throws Exception {
    List<Integer> written = decode(PROMPT, 30, warm());
    assertThat(decode(PROMPT, 30, warm())).isEqualTo(written);
    assertThat(decode(PROMPT, 30, warm().withSeed(43))).isNotEqualTo(written);
  }

  @Test
  void aBiasForcesAndForbids() throws Exception {
    assertThat(decode(PROMPT, 5, Sampling.GREEDY.plusBias(123, 1000f))).containsOnly(123);
    int first = decode(PROMPT, 1, Sampling.GREEDY).getFirst();
    assertThat(decode(PROMPT, 1, Sampling.GREEDY.forbidding(first))).doesNotContain(first);
  }

  private void decodeForEver(
      Session session, CountDownLatch begun, AtomicReference<Throwable> thrown) {
    DecodeRequest request =
        DecodeRequest.upTo(150, warm())
            .withStop(
                token -> {
                  begun.countDown();
                  return false;
                });
    try {
      while (true) {
        session.decode(request, token -> {});
        session.truncate(PROMPT.length);
      }
    } catch (ModelException | InterruptedException e) {
      thrown.set(e);
    }
  }

  private Session opened(int[] prompt) throws InterruptedException {
    Session session = model().open();
    session.append(prompt);
    return session;
  }

  /** What the shared model writes after a prompt, in a session of its own. */
  protected final List<Integer> decode(int[] prompt, int count, Sampling sampling)
      throws InterruptedException {
    try (Session session = opened(prompt)) {
      return ids(session.decode(DecodeRequest.upTo(count, sampling), token -> {}));
    }
  }

  private static List<Integer> ids(Decoded decoded) {
    return decoded.tokens().stream().map(Token::id).toList();
  }

  /** Token ids of no meaning, the same for the same arguments. */
  protected static int[] tokens(int seed, int count) {
    return new SplittableRandom(seed).ints(count, 20, 300).toArray();
  }

  private static int[] joined(int[] one, int[] other) {
    return IntStream.concat(IntStream.of(one), IntStream.of(other)).toArray();
  }
}
