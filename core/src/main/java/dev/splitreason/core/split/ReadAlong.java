package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets the small model read a span: after each chunk, or, when pipelined, on a thread of its own
 * while the large model goes on writing. Then it reads whatever has come since its last look, so a
 * fast small model looks after every token and a slow one in larger steps, and the large model is
 * stopped with the token that is under way. Where the span closes does not depend on it.
 */
final class ReadAlong implements Reading {

  private final SpanReader reader;
  private final int chunk;
  private final @Nullable Thread thread;

  private final List<Token> unread = new ArrayList<>();
  private int offered;
  private boolean ending;
  private boolean ended;
  private @Nullable Throwable failure;
  private volatile int looked;
  private volatile int judged;
  private volatile int closedAt = SpanReader.OPEN;

  /**
   * Starts reading.
   *
   * @param chunk how far the large model may be ahead of the small one, in tokens
   */
  ReadAlong(SpanReader reader, int chunk, boolean pipelined) {
    this.reader = reader;
    this.chunk = chunk;
    this.thread = pipelined ? Thread.ofVirtual().name("reads along").start(this::readOn) : null;
  }

  @Override
  public boolean shouldPause(int written) {
    return closed() || written - looked >= chunk;
  }

  @Override
  public boolean closed() {
    return closedAt != SpanReader.OPEN;
  }

  @Override
  public int certain() {
    int closed = closedAt;
    return closed == SpanReader.OPEN ? judged : closed;
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
      while (failure == null && !closed() && offered - looked >= chunk) {
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
      while (failure == null && !closed() && !ended) {
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
    reader.keep(kept);
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
      while (!closed() && !ended) {
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
    int closed = closed() ? closedAt : reader.read(tokens, last);
    synchronized (this) {
      looked += tokens.size();
      judged = reader.judged();
      closedAt = closed;
      ended = last;
      notifyAll();
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
