package dev.splitreason.cli.interrupt;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C (or a polite kill) end a command's work instead of the process: the command is asked
 * to stop, and the process ends when this is closed.
 */
public final class Interruption implements AutoCloseable {

  /** A model that hangs must not keep the process alive. */
  private static final Duration ANSWER_GRACE = Duration.ofSeconds(5);

  private final CountDownLatch written = new CountDownLatch(1);
  private final Duration grace;
  private final Thread hook;

  private Interruption(Runnable stop, Duration grace) {
    this.grace = grace;
    this.hook =
        Thread.ofPlatform()
            .name("interruption")
            .unstarted(
                () -> {
                  stop.run();
                  awaitWritten();
                });
  }

  /** From now on Ctrl-C interrupts the calling thread. */
  public static Interruption ofThisThread() {
    return calling(Thread.currentThread()::interrupt, ANSWER_GRACE);
  }

  /**
   * From now on Ctrl-C asks for an end.
   *
   * @param stop asks, on another thread
   * @param grace how long the process waits for the end
   */
  public static Interruption calling(Runnable stop, Duration grace) {
    var interruption = new Interruption(stop, grace);
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
      boolean unused = written.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
