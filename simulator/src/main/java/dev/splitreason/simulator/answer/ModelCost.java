package dev.splitreason.simulator.answer;

/**
 * What an answer took of one model: tokens, and seconds of device time.
 *
 * @param decoded tokens written and kept
 * @param discarded tokens written and dropped again
 * @param prefilled tokens prefilled, probes included
 * @param decodeSeconds for tokens kept
 * @param discardedSeconds for tokens dropped
 * @param prefillSeconds for prefilling what the model had not seen
 * @param probeSeconds for probes
 */
public record ModelCost(
    long decoded,
    long discarded,
    long prefilled,
    double decodeSeconds,
    double discardedSeconds,
    double prefillSeconds,
    double probeSeconds) {

  /** Nothing. */
  public static final ModelCost NONE = new ModelCost(0, 0, 0, 0, 0, 0, 0);

  /** Device time altogether, in seconds. */
  public double seconds() {
    return decodeSeconds + discardedSeconds + prefillSeconds + probeSeconds;
  }

  /** Both together. */
  public ModelCost plus(ModelCost other) {
    return new ModelCost(
        decoded + other.decoded,
        discarded + other.discarded,
        prefilled + other.prefilled,
        decodeSeconds + other.decodeSeconds,
        discardedSeconds + other.discardedSeconds,
        prefillSeconds + other.prefillSeconds,
        probeSeconds + other.probeSeconds);
  }
}
