package dev.splitreason.core.answer;

import dev.splitreason.core.tag.TagSpelling;
import org.jspecify.annotations.Nullable;

/**
 * Finds the final answer of a response: what it {@linkplain #marked marks} as its answer; without a
 * mark, what follows its reasoning; without reasoning, all of it. Blank ones are passed over.
 * Linear in the response's length, whatever it holds.
 */
public final class FinalAnswer {

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
    String answer = markedIn(text);
    if (answer == null) {
      answer = afterThinking(text);
    }
    return answer == null ? text.strip() : answer;
  }

  /**
   * The answer that a response marks as its own, without the mark: in its last <code>\boxed{…}
   * </code>, its last {@code <answer>…</answer>}, or behind "the final answer is". Marks behind the
   * reasoning come before marks within; boxes that make up one answer, "<code>\boxed{1} and
   * \boxed{2}</code>", are given together, between commas.
   *
   * @param response tags spelled as the paper does are removed first
   * @return null if it marks none
   */
  public static @Nullable String marked(String response) {
    return markedIn(TagSpelling.BIGMODEL.strip(response));
  }

  private static @Nullable String markedIn(String text) {
    String conclusion = afterThinking(text);
    String concluded = conclusion == null ? null : blockOrElse(conclusion);
    return concluded == null ? blockOrElse(text) : concluded;
  }

  private static @Nullable String blockOrElse(String text) {
    String block = lastAnswerBlock(text);
    if (block == null) {
      return boxedOrStated(text);
    }
    String inside = boxedOrStated(block);
    return inside == null ? block : inside;
  }

  private static @Nullable String boxedOrStated(String text) {
    Boxes.Found boxed = Boxes.last(text);
    if (boxed == null) {
      return Statements.last(text);
    }
    String corrected = Statements.finalFormula(text.substring(boxed.end()));
    return corrected == null ? boxed.content() : corrected;
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
}
