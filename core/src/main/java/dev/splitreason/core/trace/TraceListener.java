package dev.splitreason.core.trace;

import dev.splitreason.core.model.Token;

/** Sees an answer as it grows. Called on the thread that asked, in order. */
@FunctionalInterface
public interface TraceListener {

  /** Ignores everything. */
  TraceListener NONE = (author, text) -> {};

  /**
   * A piece of kept text: whole characters only, tags included, in the order of the answer. What
   * the large model writes is told when it is certain to be kept.
   */
  void onText(Author author, String text);

  /**
   * A kept token, before the text that it completes.
   *
   * @param tag whether it is of a tag, which the large model is not shown
   */
  default void onToken(Author author, Token token, boolean tag) {}
}
