package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A machine of two cores, on a clock of its own. */
class ThreadChoiceTest {

  private static final int PREFILL = 64;

  /** A prefill on an idle machine: twice as fast with two threads. */
  private static final IntToDoubleFunction IDLE = threads -> 0.5 / threads;

  /** Beside another busy process: one thread keeps its core, two wait for each other. */
  private static final IntToDoubleFunction BUSY = threads -> threads == 1 ? 0.5 : 0.7;

  private static final IntToDoubleFunction BOUND_BY_MEMORY =
      threads -> threads == 1 ? 0.030 : 0.029;

  private long now;
  private final ThreadChoice choice = new ThreadChoice(2, () -> now);

  /** Computes batches; gives the seconds that all took. */
  private double compute(int batches, int tokens, IntToDoubleFunction machine) {
    double sum = 0;
    for (int batch = 0; batch < batches; batch++) {
      int threads = choice.choose(tokens, 2, false);
      double seconds = machine.applyAsDouble(threads);
      now += (long) (seconds * 1e9);
      choice.took(tokens, threads, seconds);
      sum += seconds;
    }
    return sum;
  }

  @Test
  void aPrefillHasAllThreadsOnAnIdleMachine() {
    assertThat(compute(40, PREFILL, IDLE)).isLessThan(1.1 * 40 * 0.25);
  }

  @Test
  void aBatchBoundByMemoryHasOneThread() {
    compute(20, 4, BOUND_BY_MEMORY);

    assertThat(choice.worth(4, 2)).isOne();
    assertThat(choice.choose(4, 2, false)).isOne();
  }

  @Test
  void whereASecondThreadHelpsLittleItIsLeftToAnotherModel() {
    IntToDoubleFunction little = threads -> threads == 1 ? 0.030 : 0.026;
    compute(20, 4, little);

    assertThat(choice.choose(4, 2, true)).isOne();
    assertThat(compute(20, 4, little)).isLessThan(1.05 * 20 * 0.026);
  }

  @Test
  void besideABusyProcessNothingIsSlowerThanOneThreadAlone() {
    compute(20, PREFILL, IDLE);

    assertThat(compute(40, PREFILL, BUSY)).isLessThan(1.05 * 40 * 0.5);
  }

  @Test
  void aProcessThatIsBusyFromTheBeginningIsSeenToo() {
    assertThat(compute(15, PREFILL, BUSY)).isLessThan(1.2 * 15 * 0.5);
  }

  @Test
  void whenTheMachineIsIdleAgainAllThreadsAreTakenAgain() {
    compute(20, PREFILL, IDLE);
    compute(40, PREFILL, BUSY);
    compute(60, PREFILL, IDLE);

    assertThat(compute(40, PREFILL, IDLE)).isLessThan(1.1 * 40 * 0.25);
  }

  @Test
  void trialsThatTellNothingNewBecomeRare() {
    compute(400, PREFILL, IDLE);

    assertThat(compute(400, PREFILL, IDLE)).isLessThan(1.02 * 400 * 0.25);
  }

  @Test
  void noMoreThreadsAreChosenThanMayBe() {
    ThreadChoice many = new ThreadChoice(6, () -> now);
    many.took(PREFILL, 6, 0.1);

    assertThat(many.choose(PREFILL, 3, false)).isEqualTo(2);
    assertThat(many.choose(PREFILL, 8, false)).isEqualTo(6);
    assertThat(many.choose(8192, 1, true)).isOne();
  }
}
