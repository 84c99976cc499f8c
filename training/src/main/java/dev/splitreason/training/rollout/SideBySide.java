package dev.splitreason.training.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Answers that are written at the same time, no more than a limit of them. */
final class SideBySide {

  private final Semaphore room;
  private final List<Callable<Rollout>> answers = new ArrayList<>();

  SideBySide(int limit) {
    room = new Semaphore(limit);
  }

  void submit(Callable<Rollout> answer) {
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
  List<Rollout> results() throws InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Rollout>> futures = answers.stream().map(threads::submit).toList();
      List<Rollout> rollouts = new ArrayList<>();
      for (Future<Rollout> future : futures) {
        rollouts.add(future.get());
      }
      return rollouts;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("a rollout failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }
}
