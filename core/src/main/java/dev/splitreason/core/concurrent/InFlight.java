package dev.splitreason.core.concurrent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tasks side by side, a limited number at once. The first that fails ends all: its failure is
 * thrown to the one who starts and awaits them, and closing interrupts the others.
 */
public final class InFlight implements AutoCloseable {

  /** Something that takes a while. */
  @FunctionalInterface
  public interface Task {
    void run() throws IOException, InterruptedException;
  }

  /** Something that gives a result after a while. */
  @FunctionalInterface
  public interface Call<T> {
    T call() throws InterruptedException;
  }

  private final int most;
  private final Semaphore room;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** No tasks yet, and later at most so many at once. */
  public InFlight(int most) {
    this.most = most;
    this.room = new Semaphore(most);
  }

  /** The results of calls, in the calls' order; the first that fails ends all. */
  public static <T> List<T> results(int most, List<Call<T>> calls) throws InterruptedException {
    List<CompletableFuture<T>> results = new ArrayList<>();
    try (var tasks = new InFlight(most)) {
      for (Call<T> call : calls) {
        var result = new CompletableFuture<T>();
        results.add(result);
        tasks.start(() -> result.complete(call.call()));
      }
      tasks.await();
    } catch (IOException e) {
      throw new AssertionError("no call throws this", e);
    }
    return results.stream().map(CompletableFuture::join).toList();
  }

  /**
   * Starts a task as soon as there is room.
   *
   * @throws IOException that of an earlier task
   */
  public void start(Task task) throws IOException, InterruptedException {
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

  /**
   * Waits until all tasks are done.
   *
   * @throws IOException that of a task
   */
  public void await() throws IOException, InterruptedException {
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
