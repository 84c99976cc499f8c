package dev.splitreason.training.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model can do after some steps.
 *
 * @param step how many
 * @param accuracy share of problems whose whole answer, generated freely and greedily, is right; or
 *     null if none were asked
 * @param offloadRatio share of the answers' tokens that a large model wrote; or null if the model
 *     answered alone
 * @param problems how many were asked
 * @param heldOutLoss mean loss of examples that are not learned, in nats a token; or null
 * @param seconds it took
 * @param samples some of the answers
 */
public record Measurement(
    long step,
    @Nullable Double accuracy,
    @Nullable Double offloadRatio,
    int problems,
    @Nullable Double heldOutLoss,
    double seconds,
    List<Sample> samples) {

  /**
   * One answer.
   *
   * @param problem the question
   * @param expected the right answer
   * @param response all that the model wrote, control tokens included
   * @param right whether its answer is the right one
   */
  public record Sample(String problem, String expected, String response, boolean right) {}

  public Measurement {
    samples = List.copyOf(samples);
  }

  /** After a step, nothing was measured. */
  public static Measurement none(long step) {
    return new Measurement(step, null, null, 0, null, 0, List.of());
  }

  /** The same with the loss of examples that are not learned, which took some more seconds. */
  public Measurement withHeldOutLoss(double loss, double more) {
    return new Measurement(step, accuracy, offloadRatio, problems, loss, seconds + more, samples);
  }

  /** Measures a model in the middle of a run. */
  @FunctionalInterface
  public interface Taker {
    Measurement after(long step) throws InterruptedException;
  }
}
