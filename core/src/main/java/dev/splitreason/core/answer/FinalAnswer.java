package dev.splitreason.core.answer;

import dev.splitreason.core.tag.TagSpelling;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the last final answer of a response: what its last <code>\boxed{…}</code> holds; without
 * one, what its last {@code <answer>…</answer>} holds; without one, what follows its reasoning;
 * without reasoning, all of it. Blank ones are passed over.
 */
public final class FinalAnswer {

  private static final String BOXED = "\\boxed";
  private static final String ANSWER = "<answer>";
  private static final String END_OF_ANSWER = "</answer>";
  private static final String END_OF_THINKING = "</think>";

  private FinalAnswer() {}

  /** The answer of a response whose tags are spelled as the paper does, without those. */
  public static String of(String response) {
    return of(response, TagSpelling.BIGMODEL);
  }

  /**
   * The answer of a response.
   *
   * @param tags how the tags are spelled that are removed first, wherever they are
   * @return without white space around it; empty only if the response is blank
   */
  public static String of(String response, TagSpelling tags) {
    String text = tags.strip(response);
    @Nullable String answer = lastBoxed(text);
    if (answer == null) {
      answer = lastAnswerBlock(text);
    }
    if (answer == null) {
      answer = afterThinking(text);
    }
    return answer == null ? text.strip() : answer;
  }

  /**
   * One pass with a stack of open braces: linear even on a text of nothing else. Of boxes within
   * boxes, the one that begins last counts.
   */
  private static @Nullable String lastBoxed(String text) {
    int[] open = new int[16];
    int depth = 0;
    int start = 0;
    int end = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++; // an escaped brace is none
      } else if (c == '{') {
        open = depth == open.length ? Arrays.copyOf(open, 2 * depth) : open;
        open[depth++] = i + 1;
      } else if (c == '}' && depth > 0) {
        int content = open[--depth];
        if (content > start && isBox(text, content - 1) && !isBlank(text, content, i)) {
          start = content;
          end = i;
        }
      }
    }
    return start == 0 ? null : text.substring(start, end).strip();
  }

  private static boolean isBox(String text, int brace) {
    int end = brace;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.startsWith(BOXED, end - BOXED.length());
  }

  private static @Nullable String lastAnswerBlock(String text) {
    int end = text.lastIndexOf(END_OF_ANSWER);
    int start = end < 0 ? -1 : text.lastIndexOf(ANSWER, end);
    return start < 0 ? null : unlessBlank(text.substring(start + ANSWER.length(), end));
  }

  private static @Nullable String afterThinking(String text) {
    int end = text.lastIndexOf(END_OF_THINKING);
    return end < 0 ? null : unlessBlank(text.substring(end + END_OF_THINKING.length()));
  }

  private static @Nullable String unlessBlank(String text) {
    return text.isBlank() ? null : text.strip();
  }

  private static boolean isBlank(String text, int from, int to) {
    int i = from;
    while (i < to && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i == to;
  }
}
