package dev.splitreason.engine.openai;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A served model for the sessions of one conversation: their requests have its name with them. */
record Conversation(OpenAiModel model, String name) implements LanguageModel {

  /** The name of a conversation that nobody else goes on with. */
  static String newName() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public Capabilities capabilities() {
    return model.capabilities();
  }

  @Override
  public @Nullable Tokenizer tokenizer() {
    return model.tokenizer();
  }

  @Override
  public Session open() {
    return model.open(name);
  }

  @Override
  public LanguageModel forConversation(String other) {
    return model.forConversation(other);
  }

  @Override
  public void close() {}
}
