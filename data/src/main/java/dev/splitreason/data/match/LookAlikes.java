package dev.splitreason.data.match;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * One spelling for characters that look alike. Models that copy a text swap them freely: case,
 * width, typographic quotes and dashes, accents written in one or two code points, Cyrillic and
 * Greek doubles of Latin letters, and mathematical signs for their LaTeX commands.
 */
final class LookAlikes {

  private static final Map<Integer, String> TABLE =
      Map.ofEntries(
          // Dashes and the minus sign.
          Map.entry((int) '‐', "-"),
          Map.entry((int) '‑', "-"),
          Map.entry((int) '‒', "-"),
          Map.entry((int) '–', "-"),
          Map.entry((int) '—', "-"),
          Map.entry((int) '―', "-"),
          Map.entry((int) '−', "-"),
          // Quotes and primes.
          Map.entry((int) '‘', "'"),
          Map.entry((int) '’', "'"),
          Map.entry((int) '‛', "'"),
          Map.entry((int) '′', "'"),
          Map.entry((int) '“', "\""),
          Map.entry((int) '”', "\""),
          Map.entry((int) '„', "\""),
          Map.entry((int) '″', "\""),
          // Operators.
          Map.entry((int) '∣', "|"),
          Map.entry((int) '∶', ":"),
          Map.entry((int) '∕', "/"),
          Map.entry((int) '⁄', "/"),
          Map.entry((int) '∗', "*"),
          Map.entry((int) '∼', "~"),
          Map.entry((int) '×', "\\times"),
          Map.entry((int) '·', "\\cdot"),
          Map.entry((int) '⋅', "\\cdot"),
          Map.entry((int) '∙', "\\cdot"),
          Map.entry((int) '÷', "\\div"),
          Map.entry((int) '±', "\\pm"),
          Map.entry((int) '≤', "\\le"),
          Map.entry((int) '≥', "\\ge"),
          Map.entry((int) '≠', "\\ne"),
          Map.entry((int) '≈', "\\approx"),
          Map.entry((int) '≡', "\\equiv"),
          Map.entry((int) '→', "\\to"),
          Map.entry((int) '⇒', "\\implies"),
          Map.entry((int) '√', "\\sqrt"),
          Map.entry((int) '∞', "\\infty"),
          // Cyrillic and Greek doubles.
          Map.entry((int) 'а', "a"),
          Map.entry((int) 'е', "e"),
          Map.entry((int) 'о', "o"),
          Map.entry((int) 'р', "p"),
          Map.entry((int) 'с', "c"),
          Map.entry((int) 'у', "y"),
          Map.entry((int) 'х', "x"),
          Map.entry((int) 'і', "i"),
          Map.entry((int) 'ј', "j"),
          Map.entry((int) 'ѕ', "s"),
          Map.entry((int) 'ο', "o"));

  private LookAlikes() {}

  /** What a code point is compared as; empty for space, accents and invisible characters. */
  static String fold(int codePoint) {
    if (codePoint <= ' ' || codePoint == 0x7f) {
      return "";
    }
    if (codePoint < 0x7f) {
      return String.valueOf(foldAscii((char) codePoint));
    }
    String known = TABLE.get(codePoint);
    if (known != null) {
      return known;
    }
    if (codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint)) {
      return String.valueOf((char) codePoint);
    }
    String decomposed = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
    var folded = new StringBuilder();
    decomposed
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(LookAlikes::isVisible)
        .forEach(c -> folded.append(TABLE.getOrDefault(c, Character.toString(c))));
    return folded.toString();
  }

  /** What a visible ASCII character is compared as. */
  static char foldAscii(char c) {
    return c == '`' ? '\'' : (c >= 'A' && c <= 'Z') ? (char) (c + 32) : c;
  }

  private static boolean isVisible(int codePoint) {
    return !Character.isWhitespace(codePoint)
        && !Character.isSpaceChar(codePoint)
        && !Character.isISOControl(codePoint)
        && switch (Character.getType(codePoint)) {
          case Character.FORMAT, Character.NON_SPACING_MARK -> false;
          default -> true;
        };
  }
}
