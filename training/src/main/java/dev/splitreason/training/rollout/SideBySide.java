package dev.splitreason.training.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Answers that are written at the same time, no more than a limit of them.
 *
 * @param <A> what is known of each
 */
public final class SideBySide<A> {

  private final Semaphore room;
  private final List<Callable<A>> answers = new ArrayList<>();

  /** None yet. */
  public SideBySide(int limit) {
    room = new Semaphore(limit);
  }

  /** Adds one, to be written by {@link #results}. */
  public void submit(Callable<A> answer) {
    answers.add(
        () -> {
          room.acquire();
          try {
            return answer.call();
          } finally {
            room.release();
          }
        });
  }

  /**
   * Writes all answers, and gives them in the order they were submitted. When one fails or the
   * caller is interrupted, the others are given up.
   */
  public List<A> results() throws InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<A>> futures = answers.stream().map(threads::submit).toList();
      List<A> written = new ArrayList<>();
      for (Future<A> future : futures) {
        written.add(future.get());
      }
      return written;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("an answer failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }
}
