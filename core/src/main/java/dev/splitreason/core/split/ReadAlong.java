package dev.splitreason.core.split;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets the small model read a span: whenever its {@link Looks} are due, or, when pipelined, on a
 * thread of its own while the large model goes on writing. Then it reads whatever has come since
 * its last look, so a fast small model looks after every token and a slow one in larger steps, and
 * the large model waits only where a look is due. Where the span closes does not depend on it.
 */
final class ReadAlong implements Reading {

  private final SpanReader reader;
  private final Looks looks;
  private final int chunk;
  private final @Nullable Thread thread;

  private final List<Token> unread = new ArrayList<>();
  private volatile int offered;
  private boolean ending;
  private boolean ended;
  private @Nullable Throwable failure;
  private volatile int looked;

  /** How many tokens of the span may be written before the next look. */
  private volatile int due;

  private volatile int judged;
  private volatile int closedAt = SpanReader.OPEN;

  /** Where the chunk ends in which the small model's context was full. */
  private volatile int fullAt = Integer.MAX_VALUE;

  /**
   * Starts reading.
   *
   * @param looks how far the large model may be ahead of the small one
   * @param chunk tokens of which all are kept if the small model's context is full in them
   */
  ReadAlong(SpanReader reader, Looks looks, int chunk, boolean pipelined) {
    this.reader = reader;
    this.looks = looks;
    this.chunk = chunk;
    this.due = looks.next(0);
    this.thread = pipelined ? Thread.ofVirtual().name("reads along").start(this::readOn) : null;
  }

  @Override
  public boolean shouldPause(int written) {
    return closed() || (full() ? written >= fullAt : written >= due);
  }

  @Override
  public boolean closed() {
    return closedAt != SpanReader.OPEN;
  }

  @Override
  public boolean full() {
    return fullAt < Integer.MAX_VALUE;
  }

  @Override
  public int certain() {
    int closed = closedAt;
    if (closed != SpanReader.OPEN) {
      return closed;
    }
    return full() ? Math.min(fullAt, offered) : judged;
  }

  @Override
  public synchronized void offer(Token token) {
    unread.add(token);
    offered++;
    notifyAll();
  }

  @Override
  public void catchUp() throws InterruptedException {
    if (thread == null) {
      look(false);
      return;
    }
    synchronized (this) {
      while (failure == null && !closed() && !full() && offered >= due) {
        wait();
      }
      rethrow();
    }
  }

  @Override
  public void finish() throws InterruptedException {
    if (thread == null) {
      look(true);
      return;
    }
    synchronized (this) {
      ending = true;
      notifyAll();
      while (failure == null && !closed() && !full() && !ended) {
        wait();
      }
      rethrow();
    }
  }

  /** A kept token needs no more: it is read. */
  @Override
  public void kept(Token token) {}

  @Override
  public void settle(int kept) throws InterruptedException {
    close();
    looks.ended(kept);
    if (!full() || closed()) {
      reader.keep(kept);
    }
  }

  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOn() {
    try {
      while (!closed() && !full() && !ended) {
        look(awaitMore());
      }
    } catch (Throwable e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  /** Waits for more to read; gives whether that is all. */
  private synchronized boolean awaitMore() throws InterruptedException {
    while (unread.isEmpty() && !ending) {
      wait();
    }
    return ending;
  }

  private void look(boolean last) throws InterruptedException {
    List<Token> tokens;
    synchronized (this) {
      tokens = List.copyOf(unread);
      unread.clear();
    }
    int closed = closed() || full() ? closedAt : read(tokens, last);
    synchronized (this) {
      looked += tokens.size();
      due = looked + looks.next(looked);
      judged = reader.judged();
      if (closed == SpanReader.FULL) {
        fullAt = (judged / chunk + 1) * chunk;
      } else {
        closedAt = closed;
      }
      ended = last;
      notifyAll();
    }
  }

  private int read(List<Token> tokens, boolean last) throws InterruptedException {
    try {
      return reader.read(tokens, last);
    } catch (ModelException e) {
      if (e.kind() == ModelException.Kind.CONTEXT_OVERFLOW) {
        return SpanReader.FULL;
      }
      throw e;
    }
  }

  private void rethrow() {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new AssertionError("the span cannot be read", failure);
    }
  }
}
