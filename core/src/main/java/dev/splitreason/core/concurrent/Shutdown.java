package dev.splitreason.core.concurrent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in order when the process is asked to end, as by Ctrl-C or a polite kill: as long
 * as this is open, Java's shutdown asks the work to stop and then waits for it to close this.
 */
public final class Shutdown implements AutoCloseable {

  /** A model that hangs must not keep the process alive. */
  private static final Duration ANSWER_GRACE = Duration.ofSeconds(5);

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread worker = Thread.currentThread();
  private final Thread hook = Thread.ofPlatform().name("shutdown").unstarted(this::run);
  private final Runnable stop;
  private final Duration longest;
  private volatile boolean begun;

  private Shutdown(Runnable stop, Duration longest) {
    this.stop = stop;
    this.longest = longest;
  }

  /** From now on a shutdown interrupts the calling thread, which has some seconds to close this. */
  public static Shutdown interrupting() {
    return interrupting(ANSWER_GRACE);
  }

  /** From now on a shutdown interrupts the calling thread, and waits so long for it at most. */
  public static Shutdown interrupting(Duration longest) {
    return calling(Thread.currentThread()::interrupt, longest);
  }

  /** From now on a shutdown waits for the calling thread, which may ask {@link #hasBegun}. */
  public static Shutdown awaiting(Duration longest) {
    return calling(() -> {}, longest);
  }

  /**
   * From now on a shutdown asks for an end.
   *
   * @param stop asks, on another thread
   * @param longest how long the process waits for the calling thread to close this
   */
  public static Shutdown calling(Runnable stop, Duration longest) {
    var shutdown = new Shutdown(stop, longest);
    try {
      Runtime.getRuntime().addShutdownHook(shutdown.hook);
    } catch (IllegalStateException e) {
      shutdown.begun = true; // it has begun already
      stop.run();
    }
    return shutdown;
  }

  /** Whether the process is ending. */
  public boolean hasBegun() {
    return begun;
  }

  private void run() {
    begun = true;
    stop.run();
    if (isExiting(worker)) {
      return; // it waits for this hook
    }
    try {
      boolean _ = over.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the work itself has ended the process. */
  private static boolean isExiting(Thread worker) {
    for (StackTraceElement frame : worker.getStackTrace()) {
      if (frame.getClassName().equals("java.lang.Shutdown")) {
        return true;
      }
    }
    return false;
  }

  /** From now on the process ends without waiting; at once, if it is ending. */
  @Override
  public void close() {
    over.countDown();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending: the hook has just been let go on
    }
  }
}
