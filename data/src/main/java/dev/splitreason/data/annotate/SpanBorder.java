package dev.splitreason.data.annotate;

import dev.splitreason.data.tagged.Span;

/** To what a span of hard tokens is widened. */
public enum SpanBorder {
  /** Nothing: the tokens themselves. */
  TOKEN {
    @Override
    boolean isBorder(String text, int at) {
      return true;
    }
  },
  /** Whole numbers and words. */
  NUMBER {
    @Override
    boolean isBorder(String text, int at) {
      return !(Character.isLetterOrDigit(text.charAt(at - 1))
          && Character.isLetterOrDigit(text.charAt(at)));
    }
  },
  /** A formula between dollar signs, or a clause beside one. */
  EXPRESSION {
    @Override
    boolean isBorder(String text, int at) {
      return text.charAt(at - 1) == '$' || text.charAt(at) == '$' || SENTENCE.isBorder(text, at);
    }
  },
  /** A sentence or a line. */
  SENTENCE {
    @Override
    boolean isBorder(String text, int at) {
      char before = text.charAt(at - 1);
      boolean ended = before == '.' || before == '!' || before == '?';
      return before == '\n'
          || text.charAt(at) == '\n'
          || (ended && Character.isWhitespace(text.charAt(at)));
    }
  };

  /** Whether a span may begin or end at an offset inside the text. */
  abstract boolean isBorder(String text, int at);

  /** The span with its borders moved outward. */
  Span widen(String text, Span span) {
    int start = span.start();
    while (start > 0 && !isBorder(text, start)) {
      start--;
    }
    int end = span.end();
    while (end < text.length() && !isBorder(text, end)) {
      end++;
    }
    return new Span(start, end);
  }
}
