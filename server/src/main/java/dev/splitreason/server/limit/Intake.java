package dev.splitreason.server.limit;

import dev.splitreason.server.error.Refusal;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts requests that are under way, and lets a server end when they have. Thread-safe. */
public final class Intake {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private int inside;
  private boolean closed;

  /** A request under way, until it is closed. */
  @FunctionalInterface
  public interface Visit extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Lets a request in.
   *
   * @throws Refusal if the server is ending
   */
  public Visit enter() {
    lock.lock();
    try {
      if (closed) {
        throw new Refusal(Refusal.Kind.UNAVAILABLE, "the server is ending");
      }
      inside++;
    } finally {
      lock.unlock();
    }
    return this::leave;
  }

  private void leave() {
    lock.lock();
    try {
      inside--;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no more requests are let in. */
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets no more requests in, and waits for those under way.
   *
   * @return whether all have ended within the time
   */
  public boolean closeAndAwait(Duration longest) throws InterruptedException {
    long nanos = longest.toNanos();
    lock.lock();
    try {
      closed = true;
      while (inside > 0 && nanos > 0) {
        nanos = left.awaitNanos(nanos);
      }
      return inside == 0;
    } finally {
      lock.unlock();
    }
  }
}
