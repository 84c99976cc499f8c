package dev.splitreason.server.limit;

import dev.splitreason.server.error.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets so many answers go on at once and so many more wait; others are turned away. First come,
 * first served. Thread-safe.
 */
public final class AnswerQueue {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private volatile int atOnce;
  private final int most;
  private final Semaphore slots;
  private final AtomicInteger admitted = new AtomicInteger();

  /** An empty queue. */
  public AnswerQueue(int atOnce, int waiting) {
    this.atOnce = atOnce;
    this.most = atOnce + waiting;
    this.slots = new Semaphore(atOnce, true);
  }

  /** Answers that are let in until this is closed. */
  public final class Ticket implements AutoCloseable {

    private final int answers;

    private Ticket(int answers) {
      this.answers = answers;
    }

    /** Waits until one of the answers may begin; closing what is given ends it. */
    public Slot await() throws InterruptedException {
      slots.acquire();
      return slots::release;
    }

    @Override
    public void close() {
      admitted.addAndGet(-answers);
    }
  }

  /** One answer that is under way. */
  @FunctionalInterface
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Lets answers in, all or none.
   *
   * @throws Refusal if there is no room
   */
  public Ticket admit(int answers) {
    if (answers > most) {
      throw new Refusal(
          Refusal.Kind.INVALID, "this server takes " + most + " answers at once, not " + answers);
    }
    int before = admitted.getAndAdd(answers);
    if (before + answers > most) {
      admitted.addAndGet(-answers);
      throw Refusal.until(
          Refusal.Kind.TOO_MANY,
          RETRY_AFTER,
          "the server is busy: "
              + before
              + " answers are under way or wait, and it takes "
              + most
              + " at once; try again");
    }
    return new Ticket(answers);
  }

  /**
   * Lets fewer go on at once: memory may have room for no more. To be called before any is let in.
   */
  public void narrowTo(int fewer) {
    if (fewer < atOnce) {
      slots.acquireUninterruptibly(atOnce - fewer);
      atOnce = fewer;
    }
  }

  /** Answers that are under way. */
  public int running() {
    return atOnce - slots.availablePermits();
  }

  /** Answers that wait. */
  public int waiting() {
    return Math.max(0, admitted.get() - running());
  }
}
