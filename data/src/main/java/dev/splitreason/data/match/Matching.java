package dev.splitreason.data.match;

import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.Span;
import java.util.List;

/**
 * Where the snippets of one text were found.
 *
 * @param spans ordered, disjoint, and further apart than the merge gap unless a tag lies between
 * @param unmatched the snippets that were found nowhere, as they were given
 */
public record Matching(List<ScoredSpan> spans, List<String> unmatched) {

  public Matching {
    spans = List.copyOf(spans);
    unmatched = List.copyOf(unmatched);
  }

  /** The spans without their scores. */
  public List<Span> places() {
    return spans.stream().map(ScoredSpan::span).toList();
  }
}
