package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A decode ends where the request, the text or the context ends it, and says which. */
public interface EndContract extends ModelUnderTest {

  @Test
  default void stopsAfterTheTokenThatTheConditionNames() throws Exception {
    int[] count = {0};
    DecodeRequest request = DecodeRequest.upTo(10, steady()).withStop(token -> ++count[0] == 4);
    List<Token> seen = new ArrayList<>();
    try (Session session = opened(prompt())) {
      int start = session.length();
      Decoded decoded = session.decode(request, seen::add);
      assertThat(decoded.end()).isEqualTo(Decoded.End.STOPPED);
      assertThat(decoded.tokens())
          .isEqualTo(decode(prompt(), 10, steady()).subList(0, 4))
          .isEqualTo(seen);
      assertThat(session.length()).isEqualTo(start + 4);
    }
  }

  @Test
  default void stopsWhenTheTokensAskedForAreThere() throws Exception {
    try (Session session = opened(prompt())) {
      Decoded decoded = session.decode(DecodeRequest.upTo(4, steady()), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.MAX_TOKENS);
      assertThat(decoded.tokens()).isEqualTo(decode(prompt(), 10, steady()).subList(0, 4));
    }
  }

  @Test
  default void endsWhereTheModelEndsTheTextWithoutTheTokenThatDoes() throws Exception {
    needs(Capability.TOKEN_IDS);
    needs(Capability.LOGIT_BIAS);
    Tokenizer vocabulary = Objects.requireNonNull(model().tokenizer());
    OptionalInt ender =
        IntStream.range(0, vocabulary.size()).filter(vocabulary::endsText).findFirst();
    assumeTrue(ender.isPresent(), "the vocabulary does not tell which token ends a text");
    try (Session session = opened(prompt())) {
      int start = session.length();
      Sampling ending = Sampling.GREEDY.plusBias(ender.getAsInt(), 1000f);
      Decoded decoded = session.decode(DecodeRequest.upTo(5, ending), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.END_OF_TEXT);
      assertThat(decoded.tokens()).isEmpty();
      assertThat(session.length()).isEqualTo(start);
      assertThat(decode(session, 10, steady())).isEqualTo(decode(prompt(), 10, steady()));
    }
  }

  @Test
  default void stopsBeforeAnUncertainTokenAndGoesOnFromThere() throws Exception {
    needs(Capability.ENTROPY);
    try (Session session = opened(prompt())) {
      Decoded decoded =
          session.decode(DecodeRequest.upTo(10, steady()).withMaxEntropy(1e-6), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.UNCERTAIN);
      assertThat(decoded.tokens()).isEmpty();
      assertThat(decode(session, 10, steady())).isEqualTo(decode(prompt(), 10, steady()));
    }
  }

  @Test
  default void stopsWhenTheContextIsFullAndRefusesTokensBeyondIt() throws Exception {
    needs(Capability.TOKEN_IDS);
    try (Session session = opened(Passage.ofIds(1, CONTEXT - 6))) {
      Decoded decoded = session.decode(DecodeRequest.upTo(100, steady()), token -> {});
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
  default void aPromptBeyondTheContextIsRefused() {
    needs(Capability.TOKEN_IDS);
    try (Session session = model().open()) {
      assertThatThrownBy(() -> Passage.ofIds(1, 300).appendTo(session))
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONTEXT_OVERFLOW))
          .hasMessageContaining("300 tokens do not fit the context of 256");
    }
  }

  @Test
  default void anEmptySessionPredictsNothing() {
    try (Session session = model().open()) {
      assertThat(session.length()).isZero();
      assertThatThrownBy(() -> decode(session, 1, steady()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("append a prompt first");
    }
  }

  @Test
  default void aFailingStopConditionFailsOnlyItsOwnDecode() throws Exception {
    DecodeRequest request =
        DecodeRequest.upTo(10, steady())
            .withStop(
                token -> {
                  throw new IllegalStateException("on purpose");
                });
    try (Session session = opened(prompt())) {
      assertThatThrownBy(() -> session.decode(request, token -> {})).hasMessage("on purpose");
    }
    assertThat(decode(prompt(), 10, steady())).hasSize(10);
  }
}
