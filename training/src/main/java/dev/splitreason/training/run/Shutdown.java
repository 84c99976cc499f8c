package dev.splitreason.training.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Java's shutdown wait for the work under way, as long as this is open: native code whose
 * process ends beneath it crashes, and a run wants to save itself.
 */
final class Shutdown implements AutoCloseable {

  /** Work that hangs must not keep the process alive. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread worker = Thread.currentThread();
  private final Thread hook = Thread.ofPlatform().name("shutdown").unstarted(this::await);
  private volatile boolean begun;

  private Shutdown() {}

  /** From now on the shutdown waits for the calling thread to close this. */
  static Shutdown awaiting() {
    Shutdown shutdown = new Shutdown();
    try {
      Runtime.getRuntime().addShutdownHook(shutdown.hook);
    } catch (IllegalStateException e) {
      shutdown.begun = true; // it has begun already
    }
    return shutdown;
  }

  /** Whether the process is ending. */
  boolean hasBegun() {
    return begun;
  }

  private void await() {
    begun = true;
    if (isExiting(worker)) {
      return; // it waits for this hook
    }
    try {
      boolean _ = over.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
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

  /** The shutdown need not wait any more. */
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
