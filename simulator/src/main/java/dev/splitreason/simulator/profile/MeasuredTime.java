package dev.splitreason.simulator.profile;

/**
 * Pass times as they were measured on a machine.
 *
 * @param decode seconds of a decode step; columns are batch sizes, contexts the mean length of the
 *     sequences
 * @param prefill seconds to prefill a run of tokens; columns are its lengths, contexts the length
 *     before it
 */
public record MeasuredTime(Grid decode, Grid prefill) implements PassTime {

  /**
   * A pass that does both takes the sum of its parts, less one reading of the weights: the cheaper
   * of decoding a single token and prefilling one.
   */
  @Override
  public double seconds(Pass pass) {
    if (pass.decoding() == 0) {
      return prefillSeconds(pass);
    }
    double step = decode.at(pass.decoding(), pass.decodingContext() / pass.decoding());
    if (pass.prefilled() == 0) {
      return step;
    }
    double weightsReadOnce = Math.min(decode.at(1, 0), prefill.at(1, 0));
    return step + Math.max(0, prefillSeconds(pass) - weightsReadOnce);
  }

  private double prefillSeconds(Pass pass) {
    if (pass.prefilled() == 0) {
      return 0;
    }
    double contextBefore = pass.prefillPairs() / pass.prefilled() - (pass.prefilled() + 1) / 2.0;
    return prefill.at(pass.prefilled(), Math.max(0, contextBefore));
  }
}
