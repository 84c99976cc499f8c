package dev.splitreason.engine.contract;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import java.util.List;

/** The model that promises are tried on, and how it is asked. */
public interface ModelUnderTest {

  /** The context that it has, in tokens. */
  int CONTEXT = 256;

  /** The model that all tests share: twelve sessions at a time or more. */
  LanguageModel model();

  /** A model for one test, which closes it. */
  LanguageModel anotherModel() throws Exception;

  /**
   * Draws that do not end the text, and are the same wherever a decode is cut in two: each depends
   * on nothing but the seed and its position. Not greedy if the engine can do that.
   */
  Sampling steady();

  /** Draws that differ from greedy ones. */
  default Sampling warm() {
    return steady();
  }

  /** A passage of about so many tokens, the same for the same arguments. */
  default Passage passage(int seed, int tokens) {
    return Passage.ofIds(seed, tokens);
  }

  /** The passage that most tests begin with. */
  default Passage prompt() {
    return passage(1, 40);
  }

  /** Skips a test that rests on what the model cannot do. */
  default void needs(Capability capability) {
    capability.of(model());
  }

  /** A session of the shared model, with a passage. */
  default Session opened(Passage passage) throws InterruptedException {
    Session session = model().open();
    passage.appendTo(session);
    return session;
  }

  /** What the shared model writes after a passage, in a session of its own. */
  default List<Token> decode(Passage passage, int count, Sampling sampling)
      throws InterruptedException {
    try (Session session = opened(passage)) {
      return decode(session, count, sampling);
    }
  }

  /** What a session goes on with. */
  default List<Token> decode(Session session, int count, Sampling sampling)
      throws InterruptedException {
    return session.decode(DecodeRequest.upTo(count, sampling), token -> {}).tokens();
  }

  /** The ids of tokens. */
  default int[] ids(List<Token> tokens) {
    return tokens.stream().mapToInt(Token::id).toArray();
  }
}
