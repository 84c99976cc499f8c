package dev.splitreason.data.llm;

import java.time.Duration;
import org.slf4j.Logger;

/**
 * Tells what a run waits for: when the waiting begins, and then every half minute, however many
 * requests wait for the same. Thread-safe.
 */
final class WaitNotice {

  private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Logger log;
  private long nextTold = System.nanoTime();

  WaitNotice(Logger log) {
    this.log = log;
  }

  /** A request failed for this reason and is tried again after a pause. */
  synchronized void tell(String failure, Duration pause) {
    long now = System.nanoTime();
    if (now - nextTold < 0) {
      return;
    }
    nextTold = now + PAUSE_NANOS;
    log.warn("{}; trying again in {} s", failure, Math.max(1, pause.toSeconds()));
  }
}
