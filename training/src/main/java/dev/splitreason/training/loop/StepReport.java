package dev.splitreason.training.loop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How a step went.
 *
 * @param step counted from 1
 * @param loss the mean over learned tokens, in nats, before the step
 * @param gradientNorm the norm of all gradients together, before clipping
 * @param rate the learning rate
 * @param tokens without padding, of all processes
 * @param seconds it took
 * @param figures what else this kind of run tells of a step, by the names that the log gives them
 */
public record StepReport(
    long step,
    double loss,
    double gradientNorm,
    double rate,
    long tokens,
    double seconds,
    SequencedMap<String, Double> figures) {

  public StepReport {
    figures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(figures));
  }

  /** A step of which there is nothing else to tell. */
  public StepReport(
      long step, double loss, double gradientNorm, double rate, long tokens, double seconds) {
    this(step, loss, gradientNorm, rate, tokens, seconds, new LinkedHashMap<>());
  }

  /** Whether the step was one: else the model is as it was before. */
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
