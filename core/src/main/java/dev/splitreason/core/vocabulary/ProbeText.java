package dev.splitreason.core.vocabulary;

import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text over which two different tokenizers part: its tokens tell whether they are one. */
final class ProbeText {

  /** Words taken from a vocabulary, evenly over all its ids. */
  private static final int WORDS = 600;

  /** White space, numbers, code, scripts, emoji: what tokenizers treat differently. */
  private static final String ALL_KINDS =
      """
      The quick brown fox's 3.14159 jumps over 1,234,567 lazy dogs; isn't it?  Yes:   it WON'T.
      \tfor (int i = 0; i < n; i++) { total += values[i] ** 2; }\r\n
      def f(x): return {"key": x, 'y': not None}  # unbelievably internationalised antidisestablishment
      \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a} ≤ ∑ ∞ → «Größe» façade naïve œuvre żółć Ελληνικά Русский текст
      中文的一个句子，日本語のテキスト。한국어 문장 हिन्दी العربية עברית ไทย 👩‍👩‍👧 🎉🎉 x² ½ ™ e\u0301
      https://example.org/path?q=1&r=2#s __init__ camelCaseIdentifier snake_case_identifier 0xDEADBEEF
      """;

  /** What a server could take for a control token. */
  private static final Pattern UNSURE = Pattern.compile("[<>\\[\\]\\uFFFD|]");

  private ProbeText() {}

  /** Such a text, with words of a vocabulary that is known in full if there is one. */
  static String of(@Nullable Tokenizer known) {
    StringBuilder text = new StringBuilder(ALL_KINDS);
    if (known != null) {
      for (int word = 0; word < WORDS; word++) {
        int id = (int) ((long) word * known.size() / WORDS);
        String spelling = known.kind(id) == TokenKind.TEXT ? known.token(id).text() : "";
        if (!UNSURE.matcher(spelling).find()) {
          text.append(spelling);
        }
      }
    }
    return UNSURE.matcher(text).replaceAll("");
  }
}
