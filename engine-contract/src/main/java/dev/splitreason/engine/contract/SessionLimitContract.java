package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.Session;
import org.junit.jupiter.api.Test;

/** Where a model allows so many sessions and no more, each one closed makes room for another. */
public interface SessionLimitContract extends ModelUnderTest {

  /**
   * A model for one test, which closes it.
   *
   * @param sessions the most at a time
   */
  LanguageModel modelOf(int sessions) throws Exception;

  @Override
  default LanguageModel anotherModel() throws Exception {
    return modelOf(2);
  }

  @Test
  default void moreSessionsThanAllowedAreRefusedAndAClosedOnesPlaceIsFreeAtOnce() throws Exception {
    try (LanguageModel one = modelOf(1)) {
      for (int i = 0; i < 100; i++) {
        try (Session session = one.open()) {
          assertThat(session.length()).isZero();
          passage(i, 10).appendTo(session);
          assertThat(decode(session, 3, steady())).hasSize(3);
          assertThatThrownBy(one::open)
              .isInstanceOfSatisfying(
                  ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_CAPACITY))
              .hasMessageContaining("all 1 sessions of " + one.info().name() + " are in use");
        }
      }
    }
  }

  @Test
  default void anInterruptedForkLeavesNoSessionBehind() throws Exception {
    try (LanguageModel two = modelOf(2);
        Session session = two.open()) {
      prompt().appendTo(session);
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
}
