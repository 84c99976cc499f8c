package dev.splitreason.engine.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;

/** Something that not every model can do, and that some promises rest on. */
public enum Capability {
  /** Sequences are of token ids, and every token is counted. */
  TOKEN_IDS("exchanges text only"),
  /** A run is scored in one pass. */
  SCORING("cannot score a run"),
  /** Single tokens are forced and forbidden. */
  LOGIT_BIAS("takes no logit bias"),
  /** How uncertain the next token is, is known, of a server from its likeliest tokens. */
  ENTROPY("does not tell its entropy");

  private final String lack;

  Capability(String lack) {
    this.lack = lack;
  }

  /** Skips a test whose model lacks this, and says so. */
  void of(LanguageModel model) {
    assumeTrue(
        isAmong(model.capabilities()),
        () -> model.info().name() + " " + lack + ": it lacks the capability " + name());
  }

  private boolean isAmong(Capabilities capabilities) {
    return switch (this) {
      case TOKEN_IDS -> capabilities.tokenIds();
      case SCORING -> capabilities.scoring();
      case LOGIT_BIAS -> capabilities.logitBias();
      case ENTROPY -> capabilities.entropy();
    };
  }
}
