package dev.splitreason.data.llm;

import java.time.Duration;

/** Holds all requests back while a server asks for a pause. Thread-safe. */
final class RateGate {

  private long opensAt = System.nanoTime();

  /** Nothing passes for so long. */
  synchronized void closeFor(Duration pause) {
    long until = System.nanoTime() + pause.toNanos();
    if (until - opensAt > 0) {
      opensAt = until;
    }
  }

  /** Waits until something may pass. */
  void await() throws InterruptedException {
    for (Duration rest = rest(); rest.isPositive(); rest = rest()) {
      Thread.sleep(rest);
    }
  }

  private synchronized Duration rest() {
    return Duration.ofNanos(opensAt - System.nanoTime());
  }
}
