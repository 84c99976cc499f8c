package dev.splitreason.engine.llamacpp;

import static dev.splitreason.engine.llamacpp.TinyModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.contract.SessionContract;
import dev.splitreason.engine.contract.SessionLimitContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every session promises, by llama.cpp, and what its cache adds. */
class LlamaSessionTest implements SessionContract, SessionLimitContract {

  @SuppressWarnings("NullAway.Init")
  private static LlamaCppModel model;

  @BeforeAll
  static void load() throws Exception {
    model = TinyModel.load();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public LanguageModel modelOf(int sessions) throws IOException {
    return TinyModel.load(TinyModel.OPTIONS.withMaxSessions(sessions));
  }

  @Override
  public Sampling steady() {
    return Sampling.at(0.8, 42);
  }

  @Test
  void aSessionThatDoesNotFitTheCacheFailsAndTheOthersGoOn() throws Exception {
    try (LlamaCppModel small =
            TinyModel.load(TinyModel.OPTIONS.withContextLength(256).withCacheTokens(256));
        Session first = small.open();
        Session second = small.open()) {
      first.append(tokens(1, 200));
      assertThatThrownBy(() -> second.append(tokens(2, 100)))
          .isInstanceOfSatisfying(
              ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_CAPACITY))
          .hasMessageContaining("KV cache");
      assertThat(first.decode(DecodeRequest.upTo(20, Sampling.GREEDY), token -> {}).tokens())
          .hasSize(20);
    }
  }

  @Test
  void aClosedSessionsRoomIsFree() throws Exception {
    try (LlamaCppModel small =
        TinyModel.load(TinyModel.OPTIONS.withContextLength(256).withCacheTokens(256))) {
      for (int i = 0; i < 5; i++) {
        try (Session session = small.open()) {
          session.append(tokens(i, 200));
        }
      }
    }
  }
}
