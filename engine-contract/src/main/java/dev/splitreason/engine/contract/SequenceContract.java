package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session is one growing sequence: appended to, decoded from, truncated, forked. */
public interface SequenceContract extends ModelUnderTest {

  @Test
  default void decodingGoesOnWhereItStopped() throws Exception {
    List<Token> whole = decode(prompt(), 30, steady());
    try (Session session = opened(prompt())) {
      int start = session.length();
      List<Token> parts = new ArrayList<>();
      for (int part = 0; part < 30; part += 5) {
        parts.addAll(decode(session, 5, steady()));
      }
      assertThat(parts).isEqualTo(whole).hasSize(30);
      assertThat(session.length()).isEqualTo(start + 30);
    }
  }

  @Test
  default void howThePromptWasCutIntoAppendsDoesNotMatter() throws Exception {
    try (Session session = model().open()) {
      for (Passage piece : prompt().pieces()) {
        piece.appendTo(session);
      }
      assertThat(decode(session, 20, Sampling.GREEDY))
          .isEqualTo(decode(prompt(), 20, Sampling.GREEDY));
    }
  }

  @Test
  default void truncatingEqualsAFreshPrefill() throws Exception {
    Passage other = passage(2, 15);
    try (Session session = opened(prompt())) {
      int start = session.length();
      decode(session, 25, steady());
      session.truncate(start);
      other.appendTo(session);
      assertThat(decode(session, 20, steady()))
          .isEqualTo(decode(prompt().and(other), 20, steady()));
      session.truncate(start);
      assertThat(decode(session, 20, steady())).isEqualTo(decode(prompt(), 20, steady()));
    }
  }

  @Test
  default void truncatingInTheMiddleOfWhatWasWrittenGoesOnFromThere() throws Exception {
    List<Token> whole = decode(prompt(), 20, steady());
    try (Session session = opened(prompt())) {
      int start = session.length();
      decode(session, 20, steady());
      session.truncate(start + 7);
      assertThat(decode(session, 13, steady())).isEqualTo(whole.subList(7, 20));
    }
  }

  @Test
  default void truncatingAndAppendingReplacesWhatWasThere() throws Exception {
    Passage other = passage(2, 15);
    try (Session session = opened(prompt())) {
      int start = session.length();
      passage(3, 30).appendTo(session);
      session.truncate(start);
      other.appendTo(session);
      assertThat(decode(session, 20, Sampling.GREEDY))
          .isEqualTo(decode(prompt().and(other), 20, Sampling.GREEDY));
    }
  }

  @Test
  default void aSessionCannotBeTruncatedToMoreThanItHas() throws Exception {
    try (Session session = opened(prompt())) {
      int length = session.length();
      assertThatThrownBy(() -> session.truncate(length + 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be truncated");
    }
  }

  @Test
  default void aForkGoesItsOwnWayAndOutlivesItsOriginal() throws Exception {
    Passage other = passage(4, 10);
    List<Token> ofTheOriginal = decode(prompt(), 15, steady());
    List<Token> ofTheFork = decode(prompt().and(other), 20, steady());
    Session session = opened(prompt());
    int start = session.length();
    decode(session, 5, steady());
    try (Session fork = session.fork()) {
      fork.truncate(start);
      other.appendTo(fork);
      assertThat(decode(fork, 10, steady())).isEqualTo(ofTheFork.subList(0, 10));
      assertThat(decode(session, 10, steady())).isEqualTo(ofTheOriginal.subList(5, 15));
      session.close();
      assertThat(decode(fork, 10, steady())).isEqualTo(ofTheFork.subList(10, 20));
    }
  }
}
