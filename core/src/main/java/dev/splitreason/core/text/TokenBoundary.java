package dev.splitreason.core.text;

/**
 * Finds places in a growing text that no token crosses, whatever the tokenizer of either model and
 * whatever comes after: where text may be cut, so that tokenising the two sides on their own gives
 * the tokens of the whole.
 *
 * <p>Tokens do not cross the borders of pre-tokens. The usual pre-tokenisers (GPT-2, Llama 3,
 * Qwen2, DeepSeek V3, o200k) and SentencePiece agree on little:
 *
 * <ul>
 *   <li>a space or tab is glued to the word after it, never to what is before it, so the border is
 *       before a run of white space; within a run it depends on what follows ({@code \s+(?!\S)});
 *   <li>line breaks are glued to punctuation before them ({@code [^\s\p{L}\p{N}]+[\r\n]*}), but not
 *       to a letter or digit;
 *   <li>a punctuation mark may be glued to the word after it ({@code [^\r\n\p{L}\p{N}]?\p{L}+}), so
 *       there is no border after one; nor before one in general: an apostrophe, a combining mark or
 *       a slash may belong to what is before it;
 *   <li>digits may be grouped by three from either end, so never within a number.
 * </ul>
 *
 * What is left, and used here: before a space or tab after a visible ASCII character, letter or
 * digit; before a line break after a letter or digit; and, for scripts without spaces, before a
 * full-width punctuation mark after a letter or digit.
 */
public final class TokenBoundary {

  private static final String FULL_WIDTH_MARKS = "，。、；：？！";

  private TokenBoundary() {}

  /**
   * The last boundary in a text that itself begins at one and may go on after its end; 0 if there
   * is none but its beginning. In UTF-16 units.
   */
  public static int last(CharSequence text) {
    int index = text.length() - 1;
    while (index > 0 && !isAt(text, index)) {
      index--;
    }
    return Math.max(0, index);
  }

  /** Whether there certainly is a boundary between two characters, before {@code index}. */
  static boolean isAt(CharSequence text, int index) {
    int before = Character.codePointBefore(text, index);
    char after = text.charAt(index);
    if (after == ' ' || after == '\t') {
      return (before > ' ' && before < 0x7f) || Character.isLetterOrDigit(before);
    }
    boolean mark = after == '\n' || after == '\r' || FULL_WIDTH_MARKS.indexOf(after) >= 0;
    return mark && Character.isLetterOrDigit(before);
  }
}
