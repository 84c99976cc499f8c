package dev.splitreason.engine.openai;

import dev.splitreason.core.model.ModelException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A blocking exchange with a server, on a virtual thread of its own: what it blocks in there ends
 * at once, socket included, when the caller is interrupted or the exchange is cancelled.
 */
final class Exchange<T> {

  /** How long an interrupt may be put off. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final FutureTask<T> work;
  private volatile boolean late;

  private Exchange(Callable<T> work, Runnable whenDone) {
    this.work =
        new FutureTask<>(work) {
          @Override
          protected void done() {
            whenDone.run();
          }
        };
  }

  /** Starts it. */
  static <T> Exchange<T> start(String name, Callable<T> work) {
    return start(name, work, () -> {});
  }

  /** Starts it, and tells when it has ended in whatever way. */
  static <T> Exchange<T> start(String name, Callable<T> work, Runnable whenDone) {
    Exchange<T> exchange = new Exchange<>(work, whenDone);
    Thread.ofVirtual().name(name).start(exchange.work);
    return exchange;
  }

  /** Its result, waited for. */
  T await() throws InterruptedException {
    try {
      return work.get();
    } catch (InterruptedException e) {
      cancel();
      throw e;
    } catch (CancellationException e) {
      throw new ModelException(ModelException.Kind.UNAVAILABLE, "the session is closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      // An Error on this path, memory for one, is the answer's trouble and nobody else's.
      throw new ModelException(
          ModelException.Kind.UNAVAILABLE,
          "what a server sent broke its reader: " + e.getCause(),
          e);
    }
  }

  /**
   * Its result, for a caller that promises not to be interruptible: an interrupt is put off until
   * the answer is there, but for a few seconds only.
   */
  T awaitUninterrupted() {
    boolean interrupted = false;
    try {
      work.get();
    } catch (InterruptedException e) {
      interrupted = true;
      finishSoon();
    } catch (ExecutionException | CancellationException e) {
      // Told below.
    }
    try {
      return await();
    } catch (InterruptedException e) {
      throw new ModelException(ModelException.Kind.UNAVAILABLE, "cancelled", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Its result, waited for no longer than a limit.
   *
   * @param whenLate what is thrown behind the limit; the exchange is cancelled
   */
  T awaitUninterrupted(Duration limit, Supplier<ModelException> whenLate) {
    Thread clock =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                  } catch (TimeoutException e) {
                    late = true;
                    cancel();
                  } catch (InterruptedException | ExecutionException | CancellationException e) {
                    // Told to whoever waits for the work itself.
                  }
                });
    try {
      return awaitUninterrupted();
    } catch (ModelException e) {
      throw late ? whenLate.get() : e;
    } finally {
      clock.interrupt();
    }
  }

  private void finishSoon() {
    try {
      work.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException e) {
      cancel();
    } catch (ExecutionException | CancellationException e) {
      // Told by await.
    }
  }

  /** Whether it has ended, in whatever way. */
  boolean isDone() {
    return work.isDone();
  }

  /** Ends it at once; whoever waits for it is told. */
  void cancel() {
    work.cancel(true);
  }
}
