package dev.splitreason.engine.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import java.util.function.Predicate;

/** Something that not every model can do, and that some promises rest on. */
public enum Capability {
  /** Sequences are of token ids, and every token is counted. */
  TOKEN_IDS("exchanges text only", Capabilities::tokenIds),
  /** A run is scored in one pass. */
  SCORING("cannot score a run", Capabilities::scoring),
  /** Single tokens are forced and forbidden. */
  LOGIT_BIAS("takes no logit bias", Capabilities::logitBias),
  /** The whole distribution of the next token is known. */
  ENTROPY("does not tell its entropy", Capabilities::entropy);

  private final String lack;
  private final Predicate<Capabilities> there;

  Capability(String lack, Predicate<Capabilities> there) {
    this.lack = lack;
    this.there = there;
  }

  /** Skips a test whose model lacks this, and says so. */
  void of(LanguageModel model) {
    assumeTrue(
        there.test(model.capabilities()),
        () -> model.info().name() + " " + lack + ": it lacks the capability " + name());
  }
}
