package dev.splitreason.core.trace;

/**
 * Tokens an answer took.
 *
 * @param smallTokens kept tokens by the small model, tags included
 * @param largeTokens kept tokens by the large model
 * @param discardedTokens tokens the large model wrote and the small one cut off
 * @param rejectedTokens tokens the small model drafted that did not pass ({@link
 *     dev.splitreason.core.policy.Turn.Draft})
 * @param smallPrefilled tokens prefilled into the small model: its prompt and what the large one
 *     wrote
 * @param largePrefilled tokens prefilled into the large model: its prompt and what the small one
 *     wrote
 */
public record Usage(
    int smallTokens,
    int largeTokens,
    int discardedTokens,
    int rejectedTokens,
    int smallPrefilled,
    int largePrefilled) {

  /** The usage of an answer that was written without drafts. */
  public Usage(
      int smallTokens,
      int largeTokens,
      int discardedTokens,
      int smallPrefilled,
      int largePrefilled) {
    this(smallTokens, largeTokens, discardedTokens, 0, smallPrefilled, largePrefilled);
  }

  /**
   * Large tokens kept over all tokens kept (arXiv 2504.16379 reports offloading so); 0 for an empty
   * answer.
   */
  public double offloadRatio() {
    int kept = smallTokens + largeTokens;
    return kept == 0 ? 0 : (double) largeTokens / kept;
  }
}
