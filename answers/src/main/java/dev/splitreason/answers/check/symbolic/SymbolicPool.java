package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.symbolic.Question.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Symja behind a time and a memory limit: a few worker processes, started when first needed, killed
 * and replaced when one exceeds its limits. Thread-safe; callers wait for a free worker.
 */
public final class SymbolicPool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SymbolicPool.class);

  private final Semaphore places;
  private final int heapMegabytes;
  private final Deque<WorkerProcess> idle = new ArrayDeque<>();
  private final Set<WorkerProcess> running = new HashSet<>();
  private boolean closed;

  /**
   * A pool of no workers yet.
   *
   * @param workers the most processes at once
   * @param heapMegabytes each one's largest heap
   */
  public SymbolicPool(int workers, int heapMegabytes) {
    this.places = new Semaphore(workers);
    this.heapMegabytes = heapMegabytes;
  }

  /**
   * Asks a worker.
   *
   * <p>When the calling thread is interrupted, the answer is {@code LIMIT} and the thread's
   * interrupt flag is set again.
   *
   * @param allowance after which the worker is killed; what the answer took is taken off it
   */
  public Answer ask(Question question, Allowance allowance) {
    try {
      places.acquire();
      try {
        return askOne(question, allowance);
      } finally {
        places.release();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Answer.LIMIT;
    }
  }

  private Answer askOne(Question question, Allowance allowance) throws InterruptedException {
    WorkerProcess worker = idleOrNew();
    boolean alive = false;
    try {
      Answer answer = worker.ask(question, allowance);
      alive = answer != null;
      return answer == null ? Answer.LIMIT : answer;
    } finally {
      if (alive) {
        putBack(worker);
      } else {
        replace(worker);
      }
    }
  }

  private synchronized WorkerProcess idleOrNew() {
    if (closed) {
      throw new IllegalStateException("the answer checker is closed");
    }
    WorkerProcess worker = idle.poll();
    return worker == null ? start() : worker;
  }

  private synchronized void putBack(WorkerProcess worker) {
    if (!closed) {
      idle.push(worker);
    }
  }

  /** Kills a worker; the next one starts at once, so that it is warm when it is needed. */
  private synchronized void replace(WorkerProcess worker) {
    LOG.debug("a symbolic worker exceeded its limits and is replaced");
    running.remove(worker);
    worker.close();
    if (!closed) {
      idle.push(start());
    }
  }

  private WorkerProcess start() {
    try {
      WorkerProcess worker = WorkerProcess.start(heapMegabytes);
      running.add(worker);
      return worker;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process for symbolic answers", e);
    }
  }

  /** Kills all workers; questions under way end with {@code LIMIT}. */
  @Override
  public synchronized void close() {
    closed = true;
    running.forEach(WorkerProcess::close);
    running.clear();
    idle.clear();
  }
}
