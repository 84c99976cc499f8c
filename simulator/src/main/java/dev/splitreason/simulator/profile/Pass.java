package dev.splitreason.simulator.profile;

/**
 * One forward pass: what a device computes in one go for the sequences of one model. Continuous
 * batching puts tokens to write and tokens to prefill into the same pass.
 *
 * @param decoding sequences that write one token each
 * @param decodingContext the sum of their lengths: KV entries read
 * @param prefilled tokens prefilled besides
 * @param prefillContext the sum of the lengths, before the pass, of the sequences prefilled
 * @param prefillPairs pairs of tokens that attend to each other: for n tokens after c, n·c + n·(n +
 *     1)/2
 */
public record Pass(
    int decoding,
    double decodingContext,
    int prefilled,
    double prefillContext,
    double prefillPairs) {

  /** A pass in which {@code sequences} write a token each. */
  public static Pass decode(int sequences, double totalContext) {
    return new Pass(sequences, totalContext, 0, 0, 0);
  }

  /** A pass that prefills one sequence of length {@code context}. */
  public static Pass prefill(int tokens, double context) {
    return new Pass(0, 0, tokens, context, pairs(tokens, context));
  }

  /** The attended pairs of {@code tokens} after {@code context}. */
  public static double pairs(int tokens, double context) {
    return tokens * (context + (tokens + 1) / 2.0);
  }

  /** The same pass without what it prefills. */
  public Pass decodingOnly() {
    return decode(decoding, decodingContext);
  }
}
