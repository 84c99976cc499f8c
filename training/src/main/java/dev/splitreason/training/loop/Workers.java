package dev.splitreason.training.loop;

import dev.splitreason.training.example.Batch;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.tensor.ComputeThreads;
import dev.splitreason.training.tensor.GradientMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Threads that go through different batches at the same time, each alone on its core: operations of
 * small models are too short to be shared among cores. Sums are made in a fixed order, so the same
 * data gives the same result every time.
 */
final class Workers implements AutoCloseable {

  private final List<Worker> workers = new ArrayList<>();
  private final Transformer model;
  private final Precision precision;

  /**
   * One thread.
   *
   * @param replica that it learns with, or null for the model itself
   */
  private record Worker(ExecutorService thread, TokenLoss loss, @Nullable Replica replica) {}

  /** So many threads, which learn for one model. */
  Workers(Transformer model, Precision precision, int count) {
    this.model = model;
    this.precision = precision;
    for (int i = 0; i < count; i++) {
      Replica replica = i == 0 ? null : new Replica(model);
      TokenLoss loss = new TokenLoss(replica == null ? model : replica.model());
      ExecutorService thread =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().name("trainer-" + i).daemon().factory());
      workers.add(new Worker(thread, loss, replica));
      await(thread.submit(() -> ComputeThreads.use(1)));
    }
  }

  /** The summed loss of batches; gradients are added to the model's. */
  double backward(List<Batch> batches, double weight) {
    double sum = sum(batches, loss -> batch -> loss.backward(batch, weight));
    try (PointerScope _ = new PointerScope();
        GradientMode _ = GradientMode.off()) {
      for (Worker worker : workers) {
        if (worker.replica() != null) {
          worker.replica().handOver();
        }
      }
    }
    return sum;
  }

  /** The summed loss of batches, each token by its weight, without gradients. */
  double sum(List<Batch> batches) {
    return sum(batches, loss -> loss::sum);
  }

  /** What a worker does with each batch. */
  @FunctionalInterface
  private interface Work {
    ToDoubleFunction<Batch> with(TokenLoss loss);
  }

  private double sum(List<Batch> batches, Work work) {
    List<Future<Double>> parts = new ArrayList<>();
    for (int i = 0; i < workers.size(); i++) {
      int first = i;
      Worker worker = workers.get(i);
      ToDoubleFunction<Batch> each = work.with(worker.loss());
      parts.add(
          worker
              .thread()
              .submit(
                  () ->
                      precision.compute(
                          model,
                          () -> {
                            double sum = 0;
                            for (int b = first; b < batches.size(); b += workers.size()) {
                              sum += each.applyAsDouble(batches.get(b));
                            }
                            return sum;
                          })));
    }
    double sum = 0;
    for (Future<Double> part : parts) {
      sum += await(part);
    }
    return sum;
  }

  private static <T> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          // Half a step is none: the trainer's caller looks at the interrupt after it.
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    workers.forEach(
        worker -> {
          worker.thread().close();
          if (worker.replica() != null) {
            worker.replica().close();
          }
        });
  }
}
