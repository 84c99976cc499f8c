package dev.splitreason.core.batch;

import static dev.splitreason.core.batch.TinyModel.PROMPT;
import static dev.splitreason.core.batch.TinyModel.WARM;
import static dev.splitreason.core.batch.TinyModel.ids;
import static dev.splitreason.core.batch.TinyModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What sessions side by side promise each other. */
@Timeout(120)
class BatchLoopTest {

  private final TinyModel model = TinyModel.roomy();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    model.close();
    threads.close();
  }

  @Test
  void resultsDoNotDependOnWhatElseIsInTheBatch() throws Exception {
    List<Integer> alone = model.decode(PROMPT, 40);
    List<Future<List<Integer>>> together =
        IntStream.range(0, 12)
            .mapToObj(i -> i % 3 == 0 ? PROMPT : tokens(100 + i, 5 + i))
            .map(prompt -> threads.submit(() -> model.decode(prompt, 40)))
            .toList();
    for (int i = 0; i < 12; i += 3) {
      assertThat(together.get(i).get()).isEqualTo(alone);
    }
  }

  @Test
  void whatWaitsTogetherIsComputedTogether() throws Exception {
    Gate gate = new Gate();
    model.transformer.trouble = batch -> gate.pass();
    List<Future<List<Integer>>> together = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int token = i;
      together.add(waiting(() -> model.decode(new int[] {token}, 30)));
      gate.awaitFirst();
    }
    gate.open();
    for (Future<List<Integer>> each : together) {
      each.get();
    }
    assertThat(model.transformer.evaluated()).isEqualTo(8 * 30);
    // The first one's first token was under way when the others came.
    assertThat(model.transformer.batches).hasSize(31);
  }

  // ---- failures stay where they happen ----

  @Test
  void whoDoesNotFitTheCacheFailsAndTheOthersGoOn() throws Exception {
    int[] prompt = tokens(2, 60);
    try (TinyModel small = new TinyModel(Appending.PREFILLS, 4, 90);
        Session first = small.opened(prompt);
        Session second = small.open()) {
      CountDownLatch bothWait = gate(small);
      Future<List<Integer>> decoding =
          waiting(() -> ids(first.decode(DecodeRequest.upTo(4, WARM), token -> {})));
      Future<?> tooLong = waiting(() -> append(second, tokens(3, 40)));
      bothWait.countDown();

      assertThatThrownBy(tooLong::get)
          .cause()
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_CAPACITY))
          .hasMessage("the cells are used up");
      assertThat(decoding.get()).isEqualTo(model.decode(prompt, 4));
    }
  }

  @Test
  void aBatchThatFailsIsTriedInPartsUntilTheCulpritIsAlone() throws Exception {
    int culprit = 5;
    Gate gate = new Gate();
    model.transformer.trouble =
        batch -> {
          gate.pass();
          if (batch.stream().anyMatch(run -> run.tokens()[0] == culprit)) {
            throw new ModelException(Kind.UNAVAILABLE, "cannot be computed");
          }
        };
    List<Future<List<Integer>>> together = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int token = i;
      together.add(waiting(() -> model.decode(new int[] {token}, 1)));
      gate.awaitFirst();
    }
    gate.open();

    assertThatThrownBy(together.remove(culprit)::get).hasRootCauseMessage("cannot be computed");
    for (Future<List<Integer>> other : together) {
      assertThat(other.get()).hasSize(1);
    }
    // The first alone; of the 1 … 7 then, 1 … 3 together, 4 alone, 6 and 7 together.
    assertThat(model.transformer.batches.stream().map(List::size)).containsExactly(1, 3, 1, 2);
  }

  @Test
  void aFailingStopConditionFailsOnlyItsOwnDecode() throws Exception {
    DecodeRequest failing =
        DecodeRequest.upTo(10, WARM)
            .withStop(
                token -> {
                  throw new IllegalStateException("on purpose");
                });
    try (Session session = model.opened(PROMPT)) {
      assertThatThrownBy(() -> session.decode(failing, token -> {})).hasMessage("on purpose");
    }
    assertThat(model.decode(PROMPT, 10)).hasSize(10);
  }

  @Test
  void aLoopThatBreaksDownLeavesNobodyWaiting() throws Exception {
    try (Session session = model.opened(PROMPT)) {
      model.transformer.trouble =
          batch -> {
            throw new OutOfMemoryError("on purpose");
          };
      assertThatThrownBy(() -> session.decode(DecodeRequest.upTo(1, WARM), token -> {}))
          .hasMessage("tiny is closed");
      assertThatThrownBy(model::open).hasMessage("tiny is closed");
    }
  }

  // ---- sessions that end early ----

  @Test
  void aClosedSessionsRoomAndPlaceAreFreeAtOnce() throws Exception {
    try (TinyModel one = new TinyModel(Appending.PREFILLS, 1, 40)) {
      for (int i = 0; i < 100; i++) {
        try (Session session = one.open()) {
          session.append(tokens(i, 30));
          assertThatThrownBy(one::open).hasMessage("all 1 sessions of tiny are in use");
        }
      }
    }
  }

  @Test
  void anInterruptEndsADecodeAndTheSessionCanGoOn() throws Exception {
    try (Session session = model.opened(PROMPT)) {
      FutureTask<?> decoding = new FutureTask<>(() -> decodeForEver(session));
      Thread thread = Thread.ofVirtual().start(decoding);
      awaitTokens();
      thread.interrupt();
      assertThatThrownBy(decoding::get).hasCauseInstanceOf(InterruptedException.class);
      session.truncate(PROMPT.length);
      assertThat(ids(session.decode(DecodeRequest.upTo(10, WARM), token -> {})))
          .isEqualTo(model.decode(PROMPT, 10));
    }
  }

  @Test
  void closingASessionEndsItsDecode() throws Exception {
    Session session = model.opened(PROMPT);
    Future<?> decoding = threads.submit(() -> decodeForEver(session));
    awaitTokens();
    session.close();
    assertThatThrownBy(decoding::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ModelException.class);
  }

  /** Else it would run on a sequence that is another session's by now. */
  @Test
  void whatIsAskedForJustAfterAnotherThreadClosedTheSessionIsRefused() throws Exception {
    Sequence sequence = new Sequence(15, model.info());
    sequence.add(PROMPT);
    model.loop.release(sequence);
    Work late = new Prefill(sequence);
    model.loop.submit(late);

    assertThat(late.mailbox.take())
        .isInstanceOfSatisfying(
            Work.Message.Failed.class,
            failed -> assertThat(failed.because()).hasMessage("the session is closed"));
    assertThatThrownBy(() -> model.loop.fork(sequence))
        .hasRootCauseMessage("the session is closed");
    assertThat(model.transformer.batches).isEmpty();
  }

  @Test
  void anInterruptedForkLeavesNoSequenceBehind() throws Exception {
    try (TinyModel two = new TinyModel(Appending.PREFILLS, 2, 100);
        Session session = two.opened(PROMPT)) {
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
  void closingTheLoopEndsEverything() throws Exception {
    Session session = model.opened(PROMPT);
    Session decoded = model.opened(PROMPT);
    Future<?> decoding = threads.submit(() -> decodeForEver(decoded));
    awaitTokens();
    model.close();
    model.close();
    assertThat(model.transformer.closed).isTrue();
    assertThatThrownBy(decoding::get).hasRootCauseMessage("tiny is closed");
    assertThatThrownBy(() -> session.decode(DecodeRequest.upTo(10, WARM), token -> {}))
        .hasMessage("tiny is closed");
    assertThatThrownBy(model::open).hasMessage("tiny is closed");
    session.close();
  }

  /** Until it is interrupted or the session closed. */
  private static Void decodeForEver(Session session) throws InterruptedException {
    while (true) {
      session.decode(DecodeRequest.upTo(30, WARM), token -> {});
      session.truncate(PROMPT.length);
    }
  }

  private static @Nullable Void append(Session session, int[] tokens) throws InterruptedException {
    session.append(tokens);
    return null;
  }

  private void awaitTokens() {
    int before = model.transformer.evaluated();
    while (model.transformer.evaluated() < before + 10) {
      Thread.onSpinWait();
    }
  }

  /** Holds a model's batches until it is opened, and tells when the first one is held. */
  private static final class Gate {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    void pass() {
      held.countDown();
      await(opened);
    }

    void awaitFirst() {
      await(held);
    }

    void open() {
      opened.countDown();
    }
  }

  private static CountDownLatch gate(TinyModel model) {
    CountDownLatch gate = new CountDownLatch(1);
    model.transformer.trouble = batch -> await(gate);
    return gate;
  }

  /** Starts a call, which waits for its model's batches when this returns. */
  private static <T> Future<T> waiting(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = Thread.ofVirtual().start(task);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return task;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
