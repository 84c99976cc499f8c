package dev.splitreason.training.reward;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.outline.OutlineTurn;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of a given length whose spans are all equally long and evenly spread: what an answer on
 * target is compared with.
 *
 * @param promptTokens the prompt's length
 * @param text tokens without tags, at least 1
 * @param spanTokens tokens of a span
 */
record SpreadSpans(int promptTokens, int text, int spanTokens) {

  private static final int TAGS = 2;

  /**
   * How many spans give an offload ratio, a fraction if need be: the s for which {@code spanTokens
   * · s / (text + 2 s)} is the ratio, as tags count as the small model's; no more than fit.
   */
  double spansFor(double ratio) {
    double most = (double) text / spanTokens;
    double perSpan = spanTokens - TAGS * ratio;
    return perSpan <= 0 ? most : Math.min(most, ratio * text / perSpan);
  }

  /** The answer with so many spans; the last one is shorter where the text ends before. */
  Outline outline(int spans) {
    int inSpans = Math.min(text, spans * spanTokens);
    int between = text - inSpans;
    List<OutlineTurn> turns = new ArrayList<>();
    int left = inSpans;
    for (int i = 0; i <= spans; i++) {
      // Integer shares of what is between that add up to it.
      int small = between * (i + 1) / (spans + 1) - between * i / (spans + 1);
      int tags = (i > 0 ? 1 : 0) + (i < spans ? 1 : 0);
      turns.add(new OutlineTurn(Author.SMALL, small + tags, tags));
      if (i < spans) {
        int large = Math.min(spanTokens, left);
        turns.add(new OutlineTurn(Author.LARGE, large, 0));
        left -= large;
      }
    }
    return new Outline(promptTokens, turns);
  }
}
