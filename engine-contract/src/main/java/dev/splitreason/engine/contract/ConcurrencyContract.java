package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.Token;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions side by side do not see each other. */
public interface ConcurrencyContract extends ModelUnderTest {

  @Test
  default void whatElseIsComputedBesideASessionDoesNotMatter() throws Exception {
    List<Token> alone = decode(prompt(), 40, steady());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Token>>> together =
          IntStream.range(0, 12)
              .mapToObj(i -> i % 3 == 0 ? prompt() : passage(100 + i, 5 + 9 * i))
              .map(passage -> threads.submit(() -> decode(passage, 40, steady())))
              .toList();
      for (int i = 0; i < 12; i += 3) {
        assertThat(together.get(i).get()).isEqualTo(alone);
      }
    }
  }
}
