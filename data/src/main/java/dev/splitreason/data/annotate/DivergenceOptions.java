package dev.splitreason.data.annotate;

/**
 * When a token counts as hard.
 *
 * @param targetShare the most of a trace's characters that hard tokens make, before widening, 0 … 1
 * @param leastAdvantage nats by which the large model must be surer of a token than the small one
 * @param smoothing tokens over which the advantage is averaged; 1 for none
 * @param border to what spans are widened
 */
public record DivergenceOptions(
    double targetShare, double leastAdvantage, int smoothing, SpanBorder border) {

  /**
   * Single tokens, as they are: for models and traces whose hard parts are a digit or two, such as
   * chain arithmetic.
   */
  public static final DivergenceOptions TOKENS =
      new DivergenceOptions(0.2, 0.5, 1, SpanBorder.TOKEN);

  /** A fifth of the trace (arXiv 2504.16379), in whole expressions. */
  public static final DivergenceOptions DEFAULT =
      new DivergenceOptions(0.2, 0.5, 3, SpanBorder.EXPRESSION);

  public DivergenceOptions {
    if (!(targetShare > 0 && targetShare <= 1)) {
      throw new IllegalArgumentException(
          "the target share must be above 0 and at most 1, not " + targetShare);
    }
    if (smoothing < 1) {
      throw new IllegalArgumentException("smoothing takes 1 token or more, not " + smoothing);
    }
  }
}
