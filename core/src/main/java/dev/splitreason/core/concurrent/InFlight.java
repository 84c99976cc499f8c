package dev.splitreason.evaluation.run;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tasks side by side, a limited number at once. The first that fails ends all: its failure is
 * thrown to the one who starts and awaits them, and closing interrupts the others.
 */
final class InFlight implements AutoCloseable {

  /** Something that takes a while. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException, InterruptedException;
  }

  private final int most;
  private final Semaphore room;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  InFlight(int most) {
    this.most = most;
    this.room = new Semaphore(most);
  }

  /** Starts a task as soon as there is room. */
  void start(Task task) throws IOException, InterruptedException {
    awaitOne();
    threads.execute(
        () -> {
          try {
            task.run();
          } catch (InterruptedException | IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          } finally {
            room.release();
          }
        });
  }

  /** Waits until all tasks are done. */
  void await() throws IOException, InterruptedException {
    for (int i = 0; i < most; i++) {
      awaitOne();
    }
  }

  private void awaitOne() throws IOException, InterruptedException {
    room.acquire();
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
