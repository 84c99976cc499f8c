package dev.splitreason.core.piece;

import dev.splitreason.core.trace.Author;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/** Text that is added at its end and taken from its beginning, and who wrote which part of it. */
final class AuthoredText {

  /**
   * A stretch of the answer by one author.
   *
   * @param segment its number, counted from 0
   */
  record Segment(Author author, int segment) {}

  private record Run(Segment by, int end) {}

  private final StringBuilder text = new StringBuilder();
  private final Deque<Run> runs = new ArrayDeque<>();
  private int added;

  void add(Segment by, CharSequence piece) {
    text.append(piece);
    added += piece.length();
    runs.add(new Run(by, added));
  }

  int length() {
    return text.length();
  }

  int indexOf(String wanted) {
    return text.indexOf(wanted);
  }

  /** What is there, without what was taken. */
  String text() {
    return text.toString();
  }

  /** The length of the longest end of the text that is the beginning of a mark, not all of it. */
  int beginningOf(String mark) {
    for (int n = Math.min(mark.length() - 1, text.length()); n > 0; n--) {
      if (mark.startsWith(text.substring(text.length() - n))) {
        return n;
      }
    }
    return 0;
  }

  /** Takes characters off the beginning, stretch by stretch. */
  void take(int characters, BiConsumer<Segment, String> taker) {
    int left = characters;
    while (left > 0) {
      Run run = runs.element();
      int start = added - text.length();
      int size = Math.min(left, run.end() - start);
      if (size > 0) {
        taker.accept(run.by(), text.substring(0, size));
        text.delete(0, size);
        left -= size;
      }
      if (start + size == run.end()) {
        runs.remove();
      }
    }
  }
}
