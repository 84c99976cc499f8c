package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.policy.Turn;

/**
 * When the small model reads what the large one writes in a turn. Closing it ends the reading,
 * whatever is left of it.
 */
sealed interface Reading extends AutoCloseable permits ReadAlong, ReadLater {

  /** The reading of a turn, and what there is to close it. */
  static Reading of(Turn.Close close, Answer answer) throws InterruptedException {
    if (close instanceof Turn.Close.Never) {
      return new ReadLater(answer.small());
    }
    answer.small().catchUp();
    return new ReadAlong(
        SpanReader.of(close, answer), answer.looks(), answer.pair().chunk(), answer.pipelined());
  }

  /** A token was written. */
  void offer(Token token);

  /**
   * Whether the large model, having written so many tokens of the turn, should pause. Quick, from
   * any thread.
   */
  boolean shouldPause(int written);

  /** Returns when the span is closed or the large model may go on. */
  void catchUp() throws InterruptedException;

  /** Returns when the span is closed or everything is read; nothing more may be offered. */
  void finish() throws InterruptedException;

  /** Whether the small model closed the span. */
  boolean closed();

  /**
   * Whether the small model's context is full, so that the answer ends with the span: all of the
   * chunk is kept in which that happened, read or not.
   */
  boolean full();

  /** How many tokens are certain to be kept. */
  int certain();

  /** The next of the offered tokens is kept. */
  void kept(Token token);

  /** Leaves the small model with so many of the turn's tokens, ending the reading. */
  void settle(int kept) throws InterruptedException;

  /** Ends the reading; the small model's session is the caller's again. */
  @Override
  void close();
}
