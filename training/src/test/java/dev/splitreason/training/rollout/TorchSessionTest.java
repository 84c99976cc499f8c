package dev.splitreason.training.rollout;

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
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.model.Qwen2;
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
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every session promises, by the bundled large model's weights. */
class TorchSessionTest {

  private static final int[] PROMPT = tokens(1, 40);
  private static final Sampling WARM = Sampling.at(0.8, 42).forbidding(2);

  @SuppressWarnings("NullAway.Init")
  private static Qwen2 weights;

  @SuppressWarnings("NullAway.Init")
  private static JsonTokenizer tokenizer;

  @SuppressWarnings("NullAway.Init")
  private static TorchModel model;

  @BeforeAll
  static void load() {
    torch.set_num_threads(1);
    weights = BundledModels.weights("large");
    tokenizer = BundledModels.tokenizer();
    model = new TorchModel("large", weights, tokenizer, 256, 16);
  }

  @AfterAll
  static void free() {
    model.close();
    tokenizer.close();
    weights.close();
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
    }
  }

  @Test
  void truncatingEqualsAFreshPrefill() throws Exception {
    int[] other = tokens(2, 15);
    try (Session session = opened(PROMPT)) {
      session.decode(DecodeRequest.upTo(25, WARM), token -> {});
      session.truncate(PROMPT.length);
      session.append(other);
      assertThat(ids(session.decode(DecodeRequest.upTo(20, WARM), token -> {})))
          .isEqualTo(decode(joined(PROMPT, other), 20, WARM));
      session.truncate(PROMPT.length);
      assertThat(ids(session.decode(DecodeRequest.upTo(20, WARM), token -> {})))
          .isEqualTo(decode(PROMPT, 20, WARM));
    }
  }

  @Test
  void aForkGoesItsOwnWayAndOutlivesItsOriginal() throws Exception {
    int[] other = tokens(4, 10);
    Session session = opened(PROMPT);
    session.decode(DecodeRequest.upTo(5, WARM), token -> {});
    try (Session fork = session.fork()) {
      fork.truncate(PROMPT.length);
      fork.append(other);
      assertThat(ids(fork.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(decode(joined(PROMPT, other), 10, WARM));
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(decode(PROMPT, 15, WARM).subList(5, 15));
      session.close();
      assertThat(fork.decode(DecodeRequest.upTo(10, WARM), token -> {}).tokens()).hasSize(10);
    }
  }

  // ---- scoring ----

  @Test
  void scoringInOnePassEqualsScoringStepByStep() throws Exception {
    int[] run = tokens(5, 30);
    ScoreRequest request = new ScoreRequest(true, new int[] {21, 99}, true, WARM);
    try (Session atOnce = opened(PROMPT);
        Session stepwise = opened(PROMPT)) {
      Scores scores = atOnce.score(run, request);
      for (int i = 0; i < run.length; i++) {
        Scores step = stepwise.score(new int[] {run[i]}, request);
        assertThat(scores.logProbs()[i]).isCloseTo(step.logProbs()[0], within(1e-4f));
        assertThat(scores.entropy()[i + 1]).isCloseTo(step.entropy()[1], within(1e-4f));
        assertThat(scores.watched()[i + 1][1]).isCloseTo(step.watched()[1][1], within(1e-4f));
        assertThat(scores.drawn()[i + 1]).isEqualTo(step.drawn()[1]);
      }
    }
  }

  @Test
  void whatAScoreDrawsIsWhatADecodeWrites() throws Exception {
    List<Integer> written = decode(PROMPT, 20, WARM);
    int[] run = written.stream().mapToInt(Integer::intValue).toArray();
    try (Session session = opened(PROMPT)) {
      Scores scores = session.score(run, ScoreRequest.ofDraws(WARM));
      assertThat(Arrays.copyOf(scores.drawn(), 20)).containsExactly(run);
      session.truncate(PROMPT.length + 10);
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(written.subList(10, 20));
    }
  }

  @Test
  void scoringAnEmptyRunTellsWhatComesNext() throws Exception {
    try (Session session = opened(PROMPT)) {
      int[] next = session.score(new int[0], ScoreRequest.ofDraws(WARM)).drawn();
      assertThat(next).containsExactly(decode(PROMPT, 1, WARM).getFirst());
      assertThat(session.score(new int[0], ScoreRequest.ofDraws(WARM)).drawn()).isEqualTo(next);
      assertThat(ids(session.decode(DecodeRequest.upTo(1, WARM), token -> {})))
          .containsExactly(next[0]);
    }
  }

  // ---- sessions side by side ----

  @Test
  void resultsDoNotDependOnWhatElseIsInTheBatch() throws Exception {
    List<Integer> alone = decode(PROMPT, 40, WARM);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Integer>>> together =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> decode(i % 3 == 0 ? PROMPT : tokens(100 + i, 5 + 9 * i), 40, WARM)))
              .toList();
      for (int i = 0; i < 12; i += 3) {
        assertThat(together.get(i).get()).isEqualTo(alone);
      }
    }
  }

  @Test
  void sessionsThatWaitTogetherAreComputedTogether() throws Exception {
    TorchModel.BatchCount before = model.batches();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Integer>>> together =
          IntStream.range(0, 8)
              .mapToObj(seed -> threads.submit(() -> decode(tokens(seed, 10), 100, WARM)))
              .toList();
      for (Future<List<Integer>> each : together) {
        each.get();
      }
    }
    TorchModel.BatchCount after = model.batches();
    long rows = after.rows() - before.rows();
    assertThat(rows).isLessThanOrEqualTo(800);
    assertThat(after.passes() - before.passes()).isLessThan(rows / 3);
  }

  @Test
  void moreSessionsThanAllowedAreRefusedAndAClosedOnesPlaceIsFree() throws Exception {
    try (TorchModel one = new TorchModel("one", weights, tokenizer, 64, 1)) {
      for (int i = 0; i < 20; i++) {
        try (Session session = one.open()) {
          session.append(tokens(i, 10));
          assertThat(session.decode(DecodeRequest.upTo(3, WARM), token -> {}).tokens()).hasSize(3);
          assertThatThrownBy(one::open)
              .isInstanceOfSatisfying(
                  ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_CAPACITY))
              .hasMessageContaining("all 1 sessions of one are in use");
        }
      }
    }
  }

  // ---- ends ----

  @Test
  void stopsAfterTheTokenThatTheConditionNames() throws Exception {
    int[] count = {0};
    try (Session session = opened(PROMPT)) {
      Decoded decoded =
          session.decode(
              DecodeRequest.upTo(10, WARM).withStop(token -> ++count[0] == 4), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.STOPPED);
      assertThat(ids(decoded)).isEqualTo(decode(PROMPT, 10, WARM).subList(0, 4));
    }
  }

  @Test
  void stopsBeforeAnUncertainTokenAndGoesOnFromThere() throws Exception {
    try (Session session = opened(PROMPT)) {
      Decoded decoded =
          session.decode(DecodeRequest.upTo(10, WARM).withMaxEntropy(1e-9), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.UNCERTAIN);
      assertThat(decoded.tokens()).isEmpty();
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(decode(PROMPT, 10, WARM));
    }
  }

  @Test
  void stopsWhenTheContextIsFullAndRefusesTokensBeyondIt() throws Exception {
    try (Session session = opened(tokens(1, 250))) {
      Decoded decoded = session.decode(DecodeRequest.upTo(100, WARM), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.CONTEXT_FULL);
      assertThat(session.length()).isEqualTo(256);
      assertThatThrownBy(() -> session.append(1))
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_OVERFLOW));
    }
  }

  @Test
  void aFailingStopConditionFailsOnlyItsOwnDecode() throws Exception {
    try (Session session = opened(PROMPT)) {
      DecodeRequest request =
          DecodeRequest.upTo(10, WARM)
              .withStop(
                  token -> {
                    throw new IllegalStateException("on purpose");
                  });
      assertThatThrownBy(() -> session.decode(request, token -> {})).hasMessage("on purpose");
    }
    assertThat(decode(PROMPT, 10, WARM)).hasSize(10);
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
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(decode(PROMPT, 10, WARM));
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
    TorchModel closing = new TorchModel("closing", weights, tokenizer, 64, 2);
    Session session = closing.open();
    session.append(tokens(1, 10));
    closing.close();
    closing.close();
    assertThatThrownBy(() -> session.decode(DecodeRequest.upTo(10, WARM), token -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessage("closing is closed");
    assertThatThrownBy(closing::open).hasMessage("closing is closed");
    session.close();
  }

  private static void decodeForEver(
      Session session, CountDownLatch begun, AtomicReference<Throwable> thrown) {
    try {
      while (true) {
        DecodeRequest request =
            DecodeRequest.upTo(150, WARM)
                .withStop(
                    token -> {
                      begun.countDown();
                      return false;
                    });
        session.decode(request, token -> {});
        session.truncate(PROMPT.length);
      }
    } catch (ModelException | InterruptedException e) {
      thrown.set(e);
    }
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

  /** Token ids of no meaning, the same for the same arguments. */
  private static int[] tokens(int seed, int count) {
    return new SplittableRandom(seed).ints(count, 20, 300).toArray();
  }

  private static int[] joined(int[] one, int[] other) {
    return IntStream.concat(IntStream.of(one), IntStream.of(other)).toArray();
  }
}
