package dev.splitreason.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A language model that is ready to decode: immutable weights from which any number of independent
 * {@link Session}s grow. All methods are thread-safe.
 */
public interface LanguageModel extends AutoCloseable {

  /** Name, size, context length. */
  ModelInfo info();

  /** What sessions of this model can do. */
  Capabilities capabilities();

  /**
   * The vocabulary; null where the model exchanges text only ({@code !capabilities().tokenIds()}).
   */
  @Nullable Tokenizer tokenizer();

  /**
   * Opens an empty session.
   *
   * @throws ModelException if no further session fits now, or the model is closed or gone
   */
  Session open();

  /**
   * The same model for the answers of one conversation. An engine whose requests may reach one of
   * several replicas lets those of a conversation find the same one, which has its KV cache; to all
   * others it makes no difference, and this is the model itself.
   *
   * @param name tells conversations apart, in letters and digits; others may come to see it
   * @return not to be closed: it has nothing of its own
   */
  default LanguageModel forConversation(String name) {
    return this;
  }

  /**
   * Frees the model; sessions still open fail with a {@link ModelException} from then on.
   * Idempotent.
   */
  @Override
  void close();
}
