package dev.splitreason.data.match;

import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagEvent.Kind;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.tagged.Span;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places of a text where no tag may go: inside a surrogate pair, a character with its accents, a
 * LaTeX command, or a tag in angle brackets such as {@code </think>}.
 */
final class UncuttableText {

  /** How far a border moves to reach the edge of a word. */
  private static final int WORD_REACH = 24;

  private static final Pattern MARKUP =
      Pattern.compile("<(?:[/\\\\]?[A-Za-z][\\w-]{0,30}|([|｜])[^|｜<>]{1,30}\\1)>");

  private final String text;
  private final Matcher markup;
  private final BitSet inside = new BitSet();

  UncuttableText(String text, TagSpelling tags) {
    this.text = text;
    markup = MARKUP.matcher(text);
    for (TagEvent event : tags.events(tags.normalise(text))) {
      if (event instanceof TagEvent.Tag(Kind _, int start, int end)) {
        inside.set(start + 1, end);
      }
    }
    int at = 0;
    while (at < text.length()) {
      int end = pieceEnd(at);
      inside.set(at + 1, Math.max(end, at + 1));
      at = end;
    }
  }

  /** The span with its borders moved outward until they cut nothing. */
  Span widen(Span span) {
    int start = span.start();
    while (inside.get(start)) {
      start--;
    }
    int end = span.end();
    while (inside.get(end)) {
      end++;
    }
    return new Span(start, end);
  }

  /** The span with its borders moved outward to the edges of words and numbers. */
  Span widenToWords(Span span) {
    int start = span.start();
    while (span.start() - start < WORD_REACH && isInsideWord(start)) {
      start--;
    }
    int end = span.end();
    while (end - span.end() < WORD_REACH && isInsideWord(end)) {
      end++;
    }
    return widen(
        new Span(isInsideWord(start) ? span.start() : start, isInsideWord(end) ? span.end() : end));
  }

  private boolean isInsideWord(int at) {
    return at > 0
        && at < text.length()
        && isWordUnit(text.charAt(at - 1))
        && isWordUnit(text.charAt(at));
  }

  private static boolean isWordUnit(char c) {
    return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
  }

  private int pieceEnd(int at) {
    char c = text.charAt(at);
    if (c == '\\') {
      return LatexSpelling.end(text, at);
    }
    if (c == '<' && markup.region(at, text.length()).lookingAt()) {
      return markup.end();
    }
    int end = at + Character.charCount(text.codePointAt(at));
    while (end < text.length() && isAccent(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isAccent(int codePoint) {
    return Character.getType(codePoint) == Character.NON_SPACING_MARK || codePoint == 0x200d;
  }
}
