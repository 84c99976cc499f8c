package dev.splitreason.server.work;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.trace.Author;
import org.jspecify.annotations.Nullable;

/** A model whose work for one answer is noted. Closing it does not close the model. */
record WatchedModel(LanguageModel model, Author author, WorkLog log) implements LanguageModel {

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
    return new WatchedSession(model.open(), this);
  }

  @Override
  public void close() {}
}
