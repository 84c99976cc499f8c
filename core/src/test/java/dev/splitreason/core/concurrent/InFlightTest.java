package dev.splitreason.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.concurrent.InFlight.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {

  @Test
  void allTasksAreDoneWhenTheWaitIsOver() throws Exception {
    var done = new AtomicInteger();
    try (var tasks = new InFlight(3)) {
      for (int i = 0; i < 100; i++) {
        tasks.start(done::incrementAndGet);
      }
      tasks.await();
    }

    assertThat(done).hasValue(100);
  }

  @Test
  void noMoreTasksRunAtOnceThanAreAllowed() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    try (var tasks = new InFlight(2)) {
      for (int i = 0; i < 50; i++) {
        tasks.start(
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.sleep(1);
              running.decrementAndGet();
            });
      }
      tasks.await();
    }

    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void theFirstFailureEndsTheOthersAndIsThrown() {
    var ended = new AtomicInteger();
    assertThatThrownBy(
            () -> {
              try (var tasks = new InFlight(2)) {
                tasks.start(
                    () -> {
                      try {
                        new CountDownLatch(1).await();
                      } finally {
                        ended.incrementAndGet();
                      }
                    });
                tasks.start(
                    () -> {
                      throw new IOException("disk full");
                    });
                tasks.await();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(ended).hasValue(1);
  }

  @Test
  void resultsComeInTheOrderOfTheirCalls() throws Exception {
    List<Call<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      calls.add(
          () -> {
            Thread.sleep(number % 3);
            return number;
          });
    }

    assertThat(InFlight.results(4, calls))
        .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void aCallThatFailsEndsTheOthers() {
    List<Call<Integer>> calls =
        List.of(
            () -> {
              new CountDownLatch(1).await();
              return 1;
            },
            () -> {
              throw new IllegalStateException("the model is gone");
            });

    assertThatThrownBy(() -> InFlight.results(2, calls)).hasMessage("the model is gone");
  }
}
