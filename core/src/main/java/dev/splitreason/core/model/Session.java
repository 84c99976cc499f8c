package dev.splitreason.core.model;

import java.util.function.Consumer;

/**
 * One growing token sequence with its KV cache. Blocking calls, made for virtual threads: a session
 * is used by one thread at a time; sessions of one model run side by side and are batched together
 * by the engine.
 *
 * <p>Every method but {@link #close} throws {@link ModelException} when the model fails, and {@link
 * InterruptedException} when the calling thread is interrupted. After either, the tokens of the
 * failed call may or may not be part of the sequence; {@link #truncate} to a known length or {@link
 * #close} makes it definite again.
 */
public interface Session extends AutoCloseable {

  /** The model this session belongs to. */
  LanguageModel model();

  /** The number of tokens in the sequence. */
  int length();

  /** Appends tokens and prefills the KV cache with them. */
  void append(int... tokens) throws InterruptedException;

  /**
   * Appends ordinary text, tokenised on its own ({@link Tokenizer#tokenize}): begin and end it
   * where a token may begin and end.
   */
  void append(String text) throws InterruptedException;

  /**
   * Waits until what was appended is prefilled, where an engine puts short texts off until it is
   * asked for something; but for a last token, perhaps, whose logits nobody asked for yet.
   */
  default void settle() throws InterruptedException {}

  /**
   * Decodes until the request's stop condition, its token budget, the end of the text or the end of
   * the context. Tokens are part of the sequence when the consumer sees them; a token that ends the
   * text is not appended.
   *
   * @param onToken called on the calling thread with each token as it comes
   */
  Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
      throws InterruptedException;

  /**
   * Appends a run of tokens and tells, in one pass, what the model would have written at every
   * position of it.
   *
   * @throws UnsupportedOperationException if the model lacks {@link Capabilities#scoring}
   */
  Scores score(int[] run, ScoreRequest request) throws InterruptedException;

  /** Drops every token from position {@code length} on. */
  void truncate(int length);

  /**
   * A second session that starts as a copy of this one; the common prefix is shared, not prefilled
   * again.
   */
  Session fork() throws InterruptedException;

  /**
   * Tells whether what the session does is done ahead, and nobody waits for it: an engine may then
   * let others go first. May be called from any thread, while the session works, too. Somebody
   * waits unless told otherwise.
   */
  default void background(boolean background) {}

  /**
   * Frees the sequence at once, cancelling what it is doing. Idempotent, and may be called from any
   * thread.
   */
  @Override
  void close();
}
