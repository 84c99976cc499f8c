package dev.splitreason.cli.ask;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C (or a polite kill) end an answer instead of the process: the asking thread is
 * interrupted, and the process ends when this is closed.
 */
final class Interruption implements AutoCloseable {

  /** A model that hangs must not keep the process alive. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final CountDownLatch written = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Thread asking) {
    this.hook =
        Thread.ofPlatform()
            .name("interruption")
            .unstarted(
                () -> {
                  asking.interrupt();
                  awaitWritten();
                });
  }

  /** From now on Ctrl-C interrupts the calling thread. */
  static Interruption ofThisThread() {
    var interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** From now on Ctrl-C ends the process; at once, if it came already. */
  @Override
  public void close() {
    written.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has just been let go on.
      return;
    }
  }

  private void awaitWritten() {
    try {
      boolean unused = written.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
