package dev.splitreason.core.split;

import java.time.Duration;

/**
 * Interrupts the thread that made it when it gives no sign for too long. Closing it takes back an
 * interrupt that came too late.
 */
final class Watchdog implements AutoCloseable {

  private final Thread watched = Thread.currentThread();
  private final long patienceNanos;
  private final Thread watcher;
  private volatile long lastSign = System.nanoTime();
  private boolean done;
  private boolean fired;

  /**
   * Watches the calling thread.
   *
   * @param patience how long it may go without {@link #sign}
   */
  Watchdog(Duration patience) {
    patienceNanos = nanos(patience);
    watcher = Thread.ofVirtual().name("watchdog").start(this::watch);
  }

  /** A sign of life: the patience begins anew. */
  void sign() {
    lastSign = System.nanoTime();
  }

  /** Whether it interrupted. */
  synchronized boolean fired() {
    return fired;
  }

  @Override
  public synchronized void close() {
    done = true;
    watcher.interrupt();
    if (fired) {
      Thread.interrupted();
    }
  }

  private void watch() {
    try {
      for (long left = left(); left > 0; left = left()) {
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException e) {
      return;
    }
    synchronized (this) {
      if (!done) {
        fired = true;
        watched.interrupt();
      }
    }
  }

  private long left() {
    return lastSign + patienceNanos - System.nanoTime();
  }

  private static long nanos(Duration duration) {
    return Math.min(duration.toSeconds(), Duration.ofDays(365).toSeconds()) * 1_000_000_000L
        + duration.toNanosPart();
  }
}
