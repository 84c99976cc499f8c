package dev.splitreason.data.annotate;

import java.util.ArrayList;
import java.util.List;

/** Cuts long traces into pieces that a model's context holds. */
final class TracePieces {

  /**
   * A piece of a trace.
   *
   * @param start its offset in the trace, in UTF-16 units
   */
  record Piece(int start, String text) {}

  private final int longest;
  private final int overlap;

  /**
   * @param longest the most UTF-16 units of a piece
   * @param overlap about how many units of a piece the next one repeats, so that a hard part at a
   *     border is seen whole once
   */
  TracePieces(int longest, int overlap) {
    if (overlap < 0 || longest < 2 * overlap + 2) {
      throw new IllegalArgumentException(
          "pieces must be longer than twice their overlap, not " + longest + " with " + overlap);
    }
    this.longest = longest;
    this.overlap = overlap;
  }

  /** The pieces in order; they begin and end at paragraphs where there are any. */
  List<Piece> of(String trace) {
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    while (trace.length() - start > longest) {
      int end = border(trace, start + longest / 2, start + longest);
      pieces.add(new Piece(start, trace.substring(start, end)));
      start = border(trace, end - 2 * overlap, end - overlap);
    }
    pieces.add(new Piece(start, trace.substring(start)));
    return pieces;
  }

  /** The last good place to cut after {@code from}, at {@code to} or before. */
  private static int border(String trace, int from, int to) {
    for (String separator : List.of("\n\n", "\n", " ")) {
      int at = trace.lastIndexOf(separator, to - separator.length());
      if (at >= from) {
        return at + separator.length();
      }
    }
    boolean inPair = Character.isSurrogatePair(trace.charAt(to - 1), trace.charAt(to));
    return inPair ? to - 1 : to;
  }
}
