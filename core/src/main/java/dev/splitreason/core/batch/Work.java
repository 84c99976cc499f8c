package dev.splitreason.core.batch;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Something a session asks the {@link BatchLoop} for: tokens to evaluate, and what to do with the
 * logits. The loop's thread runs it; the caller waits at {@link #mailbox}.
 */
abstract sealed class Work permits Prefill, Decode, Score {

  /** What a caller waits for: tokens of a decode, then one last message. */
  sealed interface Message {
    record Written(Token token) implements Message {}

    record Finished() implements Message {}

    record Failed(RuntimeException because) implements Message {}
  }

  final Sequence sequence;
  final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
  private volatile boolean cancelled;
  private boolean finished;

  Work(Sequence sequence) {
    this.sequence = sequence;
  }

  /**
   * Takes over the sequence, with what is known already; afterwards it is finished, or has tokens
   * to evaluate.
   */
  abstract void begin(Sampler sampler);

  /** The sequence's tokens up to here must be evaluated next. */
  abstract int target();

  /** The logits after tokens from this position on are wanted. */
  abstract int logitsFrom();

  /** Takes the logits after the token at a position; called in order of the position. */
  abstract void onLogits(int position, float[] logits, Sampler sampler);

  /** Called when everything up to {@link #target} is evaluated. */
  abstract void onTarget();

  final void cancel() {
    cancelled = true;
  }

  final boolean cancelled() {
    return cancelled;
  }

  final boolean finished() {
    return finished;
  }

  final void finish() {
    end(new Message.Finished());
  }

  final void fail(RuntimeException because) {
    end(new Message.Failed(because));
  }

  private void end(Message last) {
    if (!finished) {
      finished = true;
      mailbox.add(last);
    }
  }

  /** Waits for the last message, interrupted or not; an interrupt stays pending. */
  final void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        if (!(mailbox.take() instanceof Message.Written)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
