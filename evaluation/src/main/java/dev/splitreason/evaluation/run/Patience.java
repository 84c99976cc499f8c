package dev.splitreason.evaluation.run;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.trace.Trace;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for models that are gone: asks again, at growing intervals, until an answer comes or the
 * time is up. A model that is there and still fails the same answer is not waited for any longer.
 *
 * @param limit how long to wait after the first failure
 * @param firstPause before the second attempt; doubled from then on, up to half a minute
 */
record Patience(Duration limit, Duration firstPause) {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How often an answer may fail while the models give signs of life. */
  private static final int FAILURES_OF_AN_ANSWER = 3;

  /** Tells whether the models can answer anything. */
  @FunctionalInterface
  interface Presence {
    boolean given() throws InterruptedException;
  }

  /**
   * An answer that both models took part in as far as they should.
   *
   * @param decoding decodes it; a degraded trace counts as a failure of the large model
   * @throws ModelGoneException if the models did not come back
   * @throws ModelException if it failed for a reason that waiting does not help, or again and again
   *     while the models were there, or if there was no room for it all the time
   */
  Trace await(Supplier<Trace> decoding, Presence models) throws InterruptedException {
    Duration pause = firstPause;
    long start = System.nanoTime();
    int failures = 0;
    while (true) {
      ModelException failure;
      try {
        Trace trace = decoding.get();
        if (!trace.degraded()) {
          return trace;
        }
        failure =
            new ModelException(
                ModelException.Kind.UNAVAILABLE, String.valueOf(trace.degradedBecause()));
      } catch (ModelException e) {
        failure = e;
      }
      boolean crowded =
          switch (failure.kind()) {
            case NOT_LOADABLE, CONTEXT_OVERFLOW -> throw failure;
            case OUT_OF_CAPACITY -> true;
            case UNAVAILABLE -> false;
          };
      if (!crowded && models.given() && ++failures == FAILURES_OF_AN_ANSWER) {
        throw failure;
      }
      Duration left = limit.minusNanos(System.nanoTime() - start);
      if (!left.isPositive()) {
        throw crowded ? failure : gone(failure);
      }
      Duration next = shorter(pause, left);
      LOG.warn("waiting {} ms for a model: {}", next.toMillis(), failure.getMessage());
      Thread.sleep(next);
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private ModelGoneException gone(ModelException failure) {
    return new ModelGoneException(
        "a model was waited for %d seconds and did not come back: %s; what is finished is kept"
            .formatted(limit.toSeconds(), failure.getMessage()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
