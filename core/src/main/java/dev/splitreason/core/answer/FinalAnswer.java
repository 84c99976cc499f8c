package dev.splitreason.core.answer;

import dev.splitreason.core.tag.TagSpelling;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the final answer of a response: what it {@linkplain #marked marks} as its answer; without a
 * mark, what follows its reasoning; without reasoning, all of it. Linear in the response's length,
 * whatever it holds.
 */
public final class FinalAnswer {

  private static final String ANSWER = "<answer>";
  private static final String END_OF_ANSWER = "</answer>";
  private static final Pattern THINKING = Pattern.compile("<(/?)think(?:ing)?>");

  /** What a conclusion must have some of to give an answer of its own. */
  private static final Pattern VALUE = Pattern.compile("[\\d$]|\\\\[(\\[]|\\*\\*");

  private FinalAnswer() {}

  /** How surely a text is a response's answer. */
  public enum Strength {
    /** The response puts it in a box. */
    BOXED,
    /** The response says that it is its answer, or puts it between answer tags. */
    STATED,
    /** Nothing is marked: the answer is somewhere in this text, if it has one. */
    UNMARKED,
    /** The response breaks off before its answer, or leaves its box empty. */
    MISSING
  }

  /**
   * What was found.
   *
   * @param text the marked answer without its mark; the conclusion in which none is marked; empty
   *     when it is missing
   */
  public record Found(Strength strength, String text) {

    private static final Found MISSING = new Found(Strength.MISSING, "");

    private static Found stated(String text) {
      return new Found(Strength.STATED, text.strip());
    }

    /** Whether the response marks this as its answer. */
    public boolean isMarked() {
      return strength == Strength.BOXED || strength == Strength.STATED;
    }

    private static Found unmarked(String text) {
      return new Found(Strength.UNMARKED, text.strip());
    }

    private boolean isUnmarked() {
      return strength == Strength.UNMARKED;
    }
  }

  /** The answer of a response whose tags are spelled as the paper does, without those. */
  public static String of(String response) {
    return of(response, TagSpelling.BIGMODEL);
  }

  /**
   * The answer of a response, to be shown.
   *
   * @param tags how the tags are spelled that are removed first, wherever they are
   * @return without white space around it; empty only if the response is blank
   */
  public static String of(String response, TagSpelling tags) {
    String text = tags.strip(response);
    Found found = findIn(text);
    if (found.strength != Strength.MISSING) {
      return found.text;
    }
    String conclusion = Thinking.in(text).conclusion();
    return conclusion == null ? text.strip() : conclusion;
  }

  /**
   * The answer that a response marks as its own, without the mark: in its last <code>\boxed{…}
   * </code>, its last {@code <answer>…</answer>}, or behind "the final answer is". Marks behind the
   * reasoning come before marks within; boxes that make up one answer, "<code>\boxed{1} and
   * \boxed{2}</code>", are given together, between commas.
   *
   * @param response tags spelled as the paper does are removed first
   * @return null if it marks none, breaks off inside its reasoning or its last box, or leaves that
   *     empty
   */
  public static @Nullable String marked(String response) {
    Found found = find(response);
    return found.isMarked() ? found.text : null;
  }

  /** The answer of a response, and how sure that is; tags spelled as the paper does are removed. */
  public static Found find(String response) {
    return findIn(TagSpelling.BIGMODEL.strip(response));
  }

  private static Found findIn(String text) {
    Thinking thinking = Thinking.in(text);
    if (thinking.unfinished != null) {
      String block = lastAnswerBlock(thinking.unfinished);
      return block == null ? Found.MISSING : inBlock(block);
    }
    if (thinking.conclusion == null) {
      return blockOrElse(text);
    }
    Found concluded = blockOrElse(thinking.conclusion);
    if (concluded.isUnmarked() && !VALUE.matcher(thinking.conclusion).find()) {
      // "I have boxed it above."
      Found before = blockOrElse(text);
      return before.isMarked() ? before : concluded;
    }
    return concluded;
  }

  private static Found blockOrElse(String text) {
    String block = lastAnswerBlock(text);
    return block == null ? boxedOrStated(text) : inBlock(block);
  }

  private static Found inBlock(String block) {
    Found inside = boxedOrStated(block);
    return inside.isUnmarked() ? Found.stated(block) : inside;
  }

  private static Found boxedOrStated(String text) {
    Boxes.Found boxed = Boxes.last(text);
    if (boxed == null) {
      String stated = Statements.last(text);
      return stated == null ? Found.unmarked(text) : Found.stated(stated);
    }
    String corrected = Statements.finalFormula(text.substring(boxed.end()));
    if (corrected != null) {
      return Found.stated(corrected);
    }
    String content = boxed.content();
    return content == null ? Found.MISSING : new Found(Strength.BOXED, content.strip());
  }

  private static @Nullable String lastAnswerBlock(String text) {
    int end = text.lastIndexOf(END_OF_ANSWER);
    int start = text.lastIndexOf(ANSWER, end < 0 ? text.length() : end);
    if (start < 0 || (end < 0 && isInBraces(text, start))) {
      return null;
    }
    // A server that stops at the closing tag does not send it.
    String block = text.substring(start + ANSWER.length(), end < 0 ? text.length() : end);
    return block.isBlank() ? null : block.strip();
  }

  /**
   * Whether a place is inside braces, as a tag named in a box is: more close behind it than open.
   */
  private static boolean isInBraces(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length() && depth >= 0; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
    }
    return depth < 0;
  }

  /**
   * Where a response thinks.
   *
   * @param conclusion what follows the reasoning; null if nothing does, or nothing says where it
   *     ends
   * @param unfinished what follows the opening of a reasoning that never ends; null if all do
   */
  private record Thinking(@Nullable String conclusion, @Nullable String unfinished) {

    static Thinking in(String text) {
      int end = -1;
      int open = -1;
      Matcher tag = THINKING.matcher(text);
      while (tag.find()) {
        boolean closes = !tag.group(1).isEmpty();
        end = closes ? tag.end() : end;
        open = closes ? -1 : open < 0 ? tag.end() : open;
      }
      String after = end < 0 ? "" : text.substring(end);
      return new Thinking(
          after.isBlank() ? null : after.strip(), open < 0 ? null : text.substring(open));
    }
  }
}
