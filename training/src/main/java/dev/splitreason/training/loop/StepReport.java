package dev.splitreason.training.loop;

/**
 * How a step went.
 *
 * @param step counted from 1
 * @param loss the mean over learned tokens, in nats, before the step
 * @param gradientNorm the norm of all gradients together, before clipping
 * @param rate the learning rate
 * @param tokens without padding, of all processes
 * @param seconds it took
 */
public record StepReport(
    long step, double loss, double gradientNorm, double rate, long tokens, double seconds) {

  /** Whether the step was one: else the model is as it was before. */
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
