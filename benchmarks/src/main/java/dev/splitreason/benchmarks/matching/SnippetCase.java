package dev.splitreason.benchmarks.matching;

import dev.splitreason.data.tagged.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A snippet to find in a trace.
 *
 * @param text the trace
 * @param snippet the altered copy
 * @param truth where it was copied from; null if it is from another trace
 */
record SnippetCase(String text, String snippet, @Nullable Span truth) {

  /** Altered copies of {@code count} stretches of the text that stand in it once. */
  static List<SnippetCase> right(String text, int count, Perturbation perturbation, Random random) {
    List<SnippetCase> cases = new ArrayList<>();
    while (cases.size() < count) {
      Span span = stretch(text, random);
      String snippet = text.substring(span.start(), span.end());
      if (text.indexOf(snippet) == text.lastIndexOf(snippet)) {
        cases.add(new SnippetCase(text, perturbation.copy(snippet, random), span));
      }
    }
    return cases;
  }

  /** A stretch of another trace that this one does not hold. */
  static SnippetCase wrong(String text, String other, Random random) {
    Span span = stretch(other, random);
    return new SnippetCase(text, other.substring(span.start(), span.end()), null);
  }

  /** 40 to 300 characters from word to word. */
  private static Span stretch(String text, Random random) {
    int start = random.nextInt(text.length() - 400);
    while (!atWord(text, start)) {
      start++;
    }
    int end = start + 40 + random.nextInt(260);
    while (!atWord(text, end + 1)) {
      end--;
    }
    return new Span(start, end);
  }

  private static boolean atWord(String text, int at) {
    return Character.isWhitespace(text.charAt(at - 1 < 0 ? 0 : at - 1))
        && !Character.isWhitespace(text.charAt(at));
  }
}
