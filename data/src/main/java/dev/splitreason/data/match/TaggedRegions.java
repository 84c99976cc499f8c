package dev.splitreason.data.match;

import java.util.ArrayList;
import java.util.List;

/**
 * The spans that are already tagged in a text, tags included. New spans go around them, since tags
 * do not nest. An open tag that is never closed reaches to the end of the text.
 */
final class TaggedRegions {

  private final String text;
  private final List<Span> regions = new ArrayList<>();

  TaggedRegions(String text, Tags tags) {
    this.text = text;
    int opened = -1;
    int at = 0;
    while (at < text.length()) {
      int behindOpen = tags.behindOpen(text, at);
      int behindClose = tags.behindClose(text, at);
      if (behindClose > at) {
        regions.add(new Span(opened < 0 ? at : opened, behindClose));
        opened = -1;
      } else if (behindOpen > at && opened < 0) {
        opened = at;
      }
      at = Math.max(at + 1, Math.max(behindOpen, behindClose));
    }
    if (opened >= 0) {
      regions.add(new Span(opened, text.length()));
    }
  }

  /** What is left of ordered spans outside the regions; pieces of mere space are dropped. */
  List<ScoredSpan> cutOutOf(List<ScoredSpan> spans) {
    if (regions.isEmpty()) {
      return spans;
    }
    List<ScoredSpan> pieces = new ArrayList<>();
    for (ScoredSpan span : spans) {
      int from = span.start();
      for (Span region : regions) {
        if (region.overlaps(span.span())) {
          addPiece(from, Math.min(region.start(), span.end()), span.score(), pieces);
          from = Math.max(from, region.end());
        }
      }
      addPiece(from, span.end(), span.score(), pieces);
    }
    return pieces;
  }

  private void addPiece(int from, int to, double score, List<ScoredSpan> pieces) {
    if (from < to && !text.substring(from, to).isBlank()) {
      pieces.add(new ScoredSpan(from, to, score));
    }
  }
}
