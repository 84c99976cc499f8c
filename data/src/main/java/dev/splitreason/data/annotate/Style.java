package dev.splitreason.data.annotate;

import java.util.stream.IntStream;

/**
 * What becomes of an advantage that is only style. Two models that solve a problem alike still word
 * and lay it out differently, and a small model that would have begun a sentence otherwise is not
 * wrong.
 */
public enum Style {
  /** It counts as any other: for traces without any, such as chain arithmetic. */
  COUNTS {
    @Override
    double[] weights(String text, int[] offsets, double[] largeLogProbs) {
      return IntStream.range(0, largeLogProbs.length).mapToDouble(_ -> 1).toArray();
    }
  },

  /**
   * Each token counts as likely as the large model finds it, so that the advantage becomes the
   * token's own part of the Kullback-Leibler divergence, {@code p · ln(p / q)}: where the large
   * model itself might have written something else, it made a choice and knew nothing. White space,
   * punctuation and mark-up count nothing, nor does the first word of a sentence or line, which
   * says how to go on and not what follows; numbers and operators always count.
   */
  DISCOUNTED {
    @Override
    double[] weights(String text, int[] offsets, double[] largeLogProbs) {
      double[] weights = new double[largeLogProbs.length];
      for (int i = 0; i < weights.length; i++) {
        int start = offsets[i];
        while (start < offsets[i + 1] && Character.isWhitespace(text.charAt(start))) {
          start++;
        }
        String token = text.substring(start, offsets[i + 1]);
        boolean counts =
            token.codePoints().anyMatch(Style::isContent)
                && !(Character.isLetter(token.codePointAt(0)) && beginsSentence(text, start));
        weights[i] = counts ? Math.exp(Math.min(0, largeLogProbs[i])) : 0;
      }
      return weights;
    }
  };

  /** Beside letters and digits. */
  private static final String OPERATORS = "+-*/=<>^×÷−±≤≥≠≈";

  /**
   * How much each token counts, 0 … 1.
   *
   * @param offsets of each token's first UTF-16 unit, and of the text's end
   * @param largeLogProbs of each token by the large model
   */
  abstract double[] weights(String text, int[] offsets, double[] largeLogProbs);

  private static boolean isContent(int codePoint) {
    return Character.isLetterOrDigit(codePoint) || OPERATORS.indexOf(codePoint) >= 0;
  }

  /** Whether only space and mark-up lie between a place and the sentence or line before it. */
  private static boolean beginsSentence(String text, int at) {
    int before = at;
    while (before > 0 && !isContent(text.codePointBefore(before))) {
      if (SpanBorder.SENTENCE.isBorder(text, before)) {
        return true;
      }
      before--;
    }
    return before == 0 || isMarkUp(text, before, at);
  }

  /** A list's dash or star is an operator by its looks. */
  private static boolean isMarkUp(String text, int before, int at) {
    int line = text.lastIndexOf('\n', at - 1) + 1;
    return text.substring(line, at).codePoints().noneMatch(Character::isLetterOrDigit)
        && line < before;
  }
}
