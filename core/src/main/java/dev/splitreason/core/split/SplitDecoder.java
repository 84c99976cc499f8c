package dev.splitreason.core.split;

import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import java.util.List;

/**
 * Decodes answers with a pair of models. Thread-safe: any number of answers may be decoded at once.
 */
public final class SplitDecoder {

  private final Pair pair;

  public SplitDecoder(Pair pair) {
    this.pair = pair;
  }

  /**
   * Answers a conversation.
   *
   * <p>When the calling thread is interrupted, the answer ends where it is, its finish reason is
   * {@code CANCELLED} and the thread's interrupt flag is set again.
   *
   * @throws dev.splitreason.core.model.ModelException if the small model fails, or the prompt does
   *     not fit its context
   * @throws IllegalArgumentException if the pair cannot do what the options ask for
   */
  public Trace decode(List<Message> conversation, SplitOptions options, TraceListener listener) {
    throw new AssertionError("being written: " + pair);
  }
}
