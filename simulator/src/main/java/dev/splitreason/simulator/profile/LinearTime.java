package dev.splitreason.simulator.profile;

/**
 * Pass times that grow linearly: what published rates amount to.
 *
 * <pre>
 * seconds = max(floor, decode + (decoding - 1)·sequence + decodingContext·context
 *                      + prefilled·prefill + prefillPairs·prefillContext)
 * </pre>
 *
 * <p>where the decode terms count only if the pass decodes at all.
 *
 * @param decodeSeconds one token of one sequence with an empty context
 * @param decodeSecondsPerSequence each further sequence in the batch
 * @param decodeSecondsPerContextToken each KV entry read
 * @param prefillSecondsPerToken each token prefilled
 * @param prefillSecondsPerPair each attended pair
 * @param passFloorSeconds no pass is shorter: the weights are read however few the tokens
 */
public record LinearTime(
    double decodeSeconds,
    double decodeSecondsPerSequence,
    double decodeSecondsPerContextToken,
    double prefillSecondsPerToken,
    double prefillSecondsPerPair,
    double passFloorSeconds)
    implements PassTime {

  public LinearTime {
    Check.positive("decode_seconds", decodeSeconds);
    Check.notNegative("decode_seconds_per_sequence", decodeSecondsPerSequence);
    Check.notNegative("decode_seconds_per_context_token", decodeSecondsPerContextToken);
    Check.positive("prefill_seconds_per_token", prefillSecondsPerToken);
    Check.notNegative("prefill_seconds_per_pair", prefillSecondsPerPair);
    Check.notNegative("pass_floor_seconds", passFloorSeconds);
  }

  /**
   * Two rates, in tokens a second. In a batch, each further sequence costs what prefilling its
   * token would: the arithmetic is the same, only the weights are read once.
   */
  public static LinearTime ofRates(double prefill, double decode) {
    return new LinearTime(1 / decode, 1 / prefill, 0, 1 / prefill, 0, 0);
  }

  /** The same times with a lower bound for a pass. */
  public LinearTime withPassFloorSeconds(double seconds) {
    return new LinearTime(
        decodeSeconds,
        decodeSecondsPerSequence,
        decodeSecondsPerContextToken,
        prefillSecondsPerToken,
        prefillSecondsPerPair,
        seconds);
  }

  @Override
  public double seconds(Pass pass) {
    if (pass.decoding() == 0 && pass.prefilled() == 0) {
      return 0;
    }
    double seconds =
        pass.prefilled() * prefillSecondsPerToken + pass.prefillPairs() * prefillSecondsPerPair;
    if (pass.decoding() > 0) {
      seconds +=
          decodeSeconds
              + (pass.decoding() - 1) * decodeSecondsPerSequence
              + pass.decodingContext() * decodeSecondsPerContextToken;
    }
    return Math.max(passFloorSeconds, seconds);
  }
}
