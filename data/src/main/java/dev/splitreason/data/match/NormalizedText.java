package dev.splitreason.data.match;

import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.tagged.Span;
import java.util.Arrays;

/**
 * A text as it is compared: without space, case, look-alikes, LaTeX spacing and tags. Each of its
 * units remembers which stretch of the original it stands for.
 */
final class NormalizedText {

  private final String original;
  private char[] units;
  private int[] starts;
  private int[] ends;
  private int length;

  private NormalizedText(String original) {
    this.original = original;
    units = new char[original.length()];
    starts = new int[original.length()];
    ends = new int[original.length()];
  }

  /** The comparable view of a text in which some tags may stand. */
  static NormalizedText of(String text, TagSpelling tags) {
    var view = new NormalizedText(text);
    for (TagEvent event : tags.events(tags.normalise(text))) {
      if (event instanceof TagEvent.Text(String _, int start, int end)) {
        view.take(start, end);
      }
    }
    return view;
  }

  /** The number of UTF-16 units of the view. */
  int length() {
    return length;
  }

  /** The units of the view; only the first {@link #length()} count. Not to be modified. */
  char[] units() {
    return units;
  }

  /** What the units {@code from} … {@code to - 1} (at least one) stand for in the original. */
  Span original(int from, int to) {
    return new Span(starts[from], ends[to - 1]);
  }

  private void take(int start, int end) {
    int at = start;
    while (at < end) {
      at = takeOne(at);
    }
  }

  private int takeOne(int at) {
    char c = original.charAt(at);
    if (c == '\\') {
      return takeCommand(at);
    }
    if (c > ' ' && c < 0x7f) {
      append(LookAlikes.foldAscii(c), at, at + 1);
      return at + 1;
    }
    int codePoint = original.codePointAt(at);
    int end = at + Character.charCount(codePoint);
    append(LookAlikes.fold(codePoint), at, end);
    return end;
  }

  private int takeCommand(int at) {
    int end = LatexSpelling.end(original, at);
    String command = original.substring(at, end);
    String folded = LatexSpelling.fold(command);
    if (!folded.equals(command)) {
      append(folded, at, end);
      return end;
    }
    for (int i = at; i < end; i = original.offsetByCodePoints(i, 1)) {
      int codePoint = original.codePointAt(i);
      append(LookAlikes.fold(codePoint), i, i + Character.charCount(codePoint));
    }
    return end;
  }

  private void append(String folded, int start, int end) {
    for (int i = 0; i < folded.length(); i++) {
      append(folded.charAt(i), start, end);
    }
  }

  private void append(char unit, int start, int end) {
    if (length == units.length) {
      int capacity = length + (length >> 1) + 16;
      units = Arrays.copyOf(units, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    units[length] = unit;
    starts[length] = start;
    ends[length] = end;
    length++;
  }
}
