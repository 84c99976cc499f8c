package dev.splitreason.data.match;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.tag.TagStructure;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The spans that are already tagged in a text, tags included. New spans go around them, since tags
 * do not nest. An open tag that is never closed reaches to the end of the text.
 */
final class TaggedRegions {

  private final String text;
  private final List<Span> regions = new ArrayList<>();

  TaggedRegions(String text, TagSpelling tags) {
    this.text = text;
    TagStructure structure = TagStructure.of(tags.normalise(text), tags);
    structure.spans().forEach(span -> regions.add(new Span(span.start(), span.end())));
    for (TagStructure.Defect defect : structure.defects()) {
      boolean unclosed = defect.fault() == TagStructure.Fault.UNCLOSED;
      regions.add(new Span(defect.start(), unclosed ? text.length() : defect.end()));
    }
    regions.sort(Comparator.comparingInt(Span::start));
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
