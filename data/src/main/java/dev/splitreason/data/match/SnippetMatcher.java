package dev.splitreason.data.match;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.tagged.ScoredSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds imperfect copies of parts of a text in that text.
 *
 * <p>A snippet that stands in the text verbatim is found exactly, with score 1. Otherwise both are
 * compared without space, case, look-alikes and LaTeX spacing, and the stretch with the least edit
 * distance is taken; its score is {@code 1 - edits / length of the snippet}, so the share of the
 * snippet that is there unaltered. Where the snippet has an ellipsis, its parts may also be found
 * one after another. Among equally good stretches the leftmost that no earlier snippet took is
 * chosen. Borders never cut a surrogate pair, a LaTeX command or a tag. Immutable and thread-safe;
 * the same input gives the same output.
 */
public final class SnippetMatcher {

  private final MatchOptions options;
  private final TagSpelling tags;

  public SnippetMatcher(MatchOptions options) {
    this.options = options;
    tags = options.tags();
  }

  /** What counts as found, and what is done with it. */
  public MatchOptions options() {
    return options;
  }

  /**
   * Finds snippets in the order given. Time grows with the text's length times the snippets'
   * lengths / 64.
   */
  public Matching match(String text, List<String> snippets) {
    var search = new TraceSearch(text, tags, options.threshold());
    List<ScoredSpan> found = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    for (String snippet : snippets) {
      ScoredSpan span = search.find(snippet, found);
      if (span == null) {
        unmatched.add(snippet);
      } else {
        found.add(span);
      }
    }
    return new Matching(merged(text, found), unmatched);
  }

  /**
   * Spans of a text made fit for tags: their borders cut nothing, they are in order, merged where
   * they overlap or nearly touch, and go around what is tagged already.
   */
  public List<ScoredSpan> join(String text, List<ScoredSpan> spans) {
    var borders = new UncuttableText(text, tags);
    return merged(
        text,
        spans.stream()
            .map(span -> new ScoredSpan(borders.widen(span.span()), span.score()))
            .toList());
  }

  private List<ScoredSpan> merged(String text, List<ScoredSpan> spans) {
    List<ScoredSpan> merged = SpanMerger.merge(spans, options.mergeGap());
    return new TaggedRegions(text, tags).cutOutOf(merged);
  }
}
