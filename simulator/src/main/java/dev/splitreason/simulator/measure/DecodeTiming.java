package dev.splitreason.simulator.measure;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * Times decode steps of sequences that decode at once: the time between two tokens of a sequence,
 * on average over all of them. The wait for the first token is left out: it has a prefill in it.
 */
record DecodeTiming(
    List<Session> sessions, int context, DecodeRequest request, LongSupplier nanoTime) {

  double seconds() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Double>> decodes =
          sessions.stream().<Callable<Double>>map(session -> () -> secondsAToken(session)).toList();
      double sum = 0;
      for (Future<Double> decoded : threads.invokeAll(decodes)) {
        sum += decoded.get();
      }
      return sum / sessions.size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private double secondsAToken(Session session) throws InterruptedException {
    long[] first = {0};
    long[] last = {0};
    int[] count = {0};
    try {
      session.decode(
          request,
          token -> {
            last[0] = nanoTime.getAsLong();
            if (count[0]++ == 0) {
              first[0] = last[0];
            }
          });
    } finally {
      session.truncate(context);
    }
    if (count[0] < 2) {
      throw new ModelException(
          ModelException.Kind.UNAVAILABLE,
          session.model().info().name()
              + " wrote only "
              + count[0]
              + " tokens, too few to time its decoding");
    }
    return (last[0] - first[0]) / 1e9 / (count[0] - 1);
  }
}
