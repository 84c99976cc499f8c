package dev.splitreason.langchain4j;

import dev.langchain4j.model.chat.response.StreamingHandle;

/** Stops the thread that computes an answer, as long as it does. */
final class AnswerHandle implements StreamingHandle {

  private final Thread answering;
  private boolean cancelled;
  private boolean ended;

  AnswerHandle(Thread answering) {
    this.answering = answering;
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    if (!ended) {
      answering.interrupt();
    }
  }

  @Override
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Ends what can be cancelled, and gives whether it was. */
  synchronized boolean end() {
    ended = true;
    // What comes now is the handler's, which a late interrupt shall not reach.
    boolean _ = Thread.interrupted();
    return cancelled;
  }
}
