package dev.splitreason.evaluation.run;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.trace.Trace;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for models that are gone: asks again, at growing intervals, until an answer comes or the
 * time is up.
 *
 * @param limit how long to wait after the first failure
 * @param firstPause before the second attempt; doubled from then on, up to half a minute
 */
record Patience(Duration limit, Duration firstPause) {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /**
   * An answer that both models took part in as far as they should.
   *
   * @param decoding decodes it; a degraded trace counts as a failure of the large model
   * @throws ModelGoneException if the models did not come back
   * @throws ModelException if it failed for a reason that waiting does not help
   */
  Trace await(Supplier<Trace> decoding) throws InterruptedException {
    Duration pause = firstPause;
    long start = System.nanoTime();
    while (true) {
      String failure;
      try {
        Trace trace = decoding.get();
        if (!trace.degraded()) {
          return trace;
        }
        failure = String.valueOf(trace.degradedBecause());
      } catch (ModelException e) {
        if (e.kind() != ModelException.Kind.UNAVAILABLE
            && e.kind() != ModelException.Kind.OUT_OF_CAPACITY) {
          throw e;
        }
        failure = e.getMessage();
      }
      Duration left = limit.minusNanos(System.nanoTime() - start);
      if (!left.isPositive()) {
        throw new ModelGoneException(
            "a model was waited for "
                + limit.toSeconds()
                + " seconds and did not come back: "
                + failure);
      }
      Duration next = shorter(pause, left);
      LOG.warn("waiting {} ms for a model: {}", next.toMillis(), failure);
      Thread.sleep(next);
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
