package dev.splitreason.pairs.catalogue;

/**
 * Two published models that belong together.
 *
 * @param name as {@code --pair} has it
 * @param small writes the chain of thought
 * @param large writes the hard spans
 * @param tagged whether the small one was trained to mark these spans; where not, policies that
 *     need no training choose them
 * @param about it, in a line
 */
public record KnownPair(
    String name, KnownModel small, KnownModel large, boolean tagged, String about) {

  /** What both need to answer one question of some length. */
  public long bytes(Quantisation quantisation, int tokens) {
    return quantisation.bytes(small.sizes())
        + quantisation.bytes(large.sizes())
        + Quantisation.keysAndValues(small.sizes(), tokens)
        + Quantisation.keysAndValues(large.sizes(), tokens);
  }
}
