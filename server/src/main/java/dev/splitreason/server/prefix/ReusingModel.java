package dev.splitreason.server.prefix;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A model for one answer, whose sessions begin where an earlier one stopped, if that began alike.
 * Closing it does not close the model, which is others' too.
 */
public final class ReusingModel implements LanguageModel {

  private final LanguageModel model;
  private final KeptPrefixes kept;
  private final AtomicInteger reused = new AtomicInteger();

  private ReusingModel(LanguageModel model, KeptPrefixes kept) {
    this.model = model;
    this.kept = kept;
  }

  /** The model, reusing what is kept; the model itself if it tells no token ids. */
  public static LanguageModel of(LanguageModel model, KeptPrefixes kept) {
    return model.tokenizer() == null ? model : new ReusingModel(model, kept);
  }

  /** Tokens that a model of {@link #of} did not have to prefill. */
  public static int reusedBy(LanguageModel model) {
    return model instanceof ReusingModel reusing ? reusing.reused.get() : 0;
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
    return new ReusingSession(this);
  }

  KeptPrefixes kept() {
    return kept;
  }

  void reused(int tokens) {
    reused.addAndGet(tokens);
  }

  /** Opens an empty session; kept ones make room for it. */
  Session openEmpty() {
    while (true) {
      try {
        return model.open();
      } catch (ModelException e) {
        if (e.kind() != ModelException.Kind.OUT_OF_CAPACITY || !kept.evict()) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {}
}
