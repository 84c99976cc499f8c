package dev.splitreason.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Patience LONG = new Patience(Duration.ofMinutes(5), PAUSE);
  private static final Patience NONE = new Patience(Duration.ZERO, PAUSE);
  private static final Trace ANSWER = trace(null);

  private final Deque<Supplier<Trace>> attempts = new ArrayDeque<>();

  @Test
  void modelsThatAreGoneAreWaitedFor() throws InterruptedException {
    fails(5, Kind.UNAVAILABLE, "connection refused");
    attempts.add(() -> ANSWER);

    assertThat(LONG.await(this::attempt, () -> false)).isEqualTo(ANSWER);
  }

  @Test
  void anAnswerWithoutItsLargeModelIsAskedForAgain() throws InterruptedException {
    attempts.add(() -> trace("connection reset"));
    attempts.add(() -> ANSWER);

    assertThat(LONG.await(this::attempt, () -> true)).isEqualTo(ANSWER);
  }

  @Test
  void modelsThatStayAwayAreReported() {
    fails(1, Kind.UNAVAILABLE, "connection refused");

    assertThatThrownBy(() -> NONE.await(this::attempt, () -> false))
        .isInstanceOf(ModelGoneException.class)
        .hasMessageContaining("did not come back: connection refused");
  }

  @Test
  void anAnswerThatFailsThreeTimesWithModelsThatAreThereHasFailed() {
    fails(3, Kind.UNAVAILABLE, "computing failed");

    assertThatThrownBy(() -> LONG.await(this::attempt, () -> true))
        .isExactlyInstanceOf(ModelException.class)
        .hasMessage("computing failed");
    assertThat(attempts).isEmpty();
  }

  @Test
  void whatWaitingDoesNotHelpIsNotTriedAgain() {
    fails(1, Kind.CONTEXT_OVERFLOW, "the context is full");

    assertThatThrownBy(() -> LONG.await(this::attempt, () -> true))
        .hasMessage("the context is full");
  }

  @Test
  void roomIsWaitedForAndItsLackIsNoSignThatTheModelIsGone() throws InterruptedException {
    fails(5, Kind.OUT_OF_CAPACITY, "no room");
    attempts.add(() -> ANSWER);
    assertThat(LONG.await(this::attempt, () -> true)).isEqualTo(ANSWER);

    fails(1, Kind.OUT_OF_CAPACITY, "no room");
    assertThatThrownBy(() -> NONE.await(this::attempt, () -> true))
        .isExactlyInstanceOf(ModelException.class)
        .hasMessage("no room");
  }

  private void fails(int times, Kind kind, String message) {
    for (int i = 0; i < times; i++) {
      attempts.add(
          () -> {
            throw new ModelException(kind, message);
          });
    }
  }

  private Trace attempt() {
    return attempts.remove().get();
  }

  private static Trace trace(@Nullable String degradedBecause) {
    return new Trace(
        List.of(),
        new Usage(0, 0, 0, 0, 0),
        FinishReason.STOP,
        degradedBecause != null,
        degradedBecause,
        1,
        List.of(),
        SpanSettings.DEFAULT);
  }
}
