package dev.splitreason.core.batch;

/**
 * How large the batches of an {@link Evaluator} may be.
 *
 * @param tokens the most tokens of a batch
 * @param outputs the most tokens of a batch after which logits are wanted
 * @param besideDecodes the most tokens of prefills and scores in a batch that decodes, too: the
 *     smaller, the less a decoding session waits for its next token
 */
public record BatchLimits(int tokens, int outputs, int besideDecodes) {

  public BatchLimits {
    if (tokens < 1 || outputs < 1 || besideDecodes < 1) {
      throw new IllegalArgumentException(
          "a batch that goes on has room for 1 of everything, not "
              + tokens
              + ", "
              + outputs
              + ", "
              + besideDecodes);
    }
  }
}
