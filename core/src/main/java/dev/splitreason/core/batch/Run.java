package dev.splitreason.core.batch;

/**
 * Consecutive tokens of one sequence, to be evaluated in a batch.
 *
 * @param sequence the sequence's number
 * @param from the position of the first token
 * @param tokens at least one
 * @param logitsFrom the position of the first token after which logits are wanted; they are after
 *     all that follow. One past the last token for none
 * @param awaited whether somebody waits for it
 */
public record Run(int sequence, int from, int[] tokens, int logitsFrom, boolean awaited) {

  /** The position after the last token. */
  public int to() {
    return from + tokens.length;
  }
}
