package dev.splitreason.data.match;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.Span;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One text, prepared for finding snippets in it: verbatim, then similar, then in parts. */
final class TraceSearch {

  private final String text;
  private final TagSpelling tags;
  private final double threshold;
  private final NormalizedText view;
  private final UncuttableText borders;
  private final ApproximateSearch search;

  TraceSearch(String text, TagSpelling tags, double threshold) {
    this.text = text;
    this.tags = tags;
    this.threshold = threshold;
    view = NormalizedText.of(text, tags);
    borders = new UncuttableText(text, tags);
    search = new ApproximateSearch(view);
  }

  /** Where a snippet stands, preferably not in a place already taken; null if nowhere. */
  @Nullable ScoredSpan find(String snippet, List<ScoredSpan> taken) {
    if (snippet.isBlank()) {
      return null;
    }
    ScoredSpan verbatim = firstFree(verbatim(snippet), taken);
    if (verbatim != null) {
      return verbatim;
    }
    ScoredSpan whole = firstFree(similar(snippet), taken);
    if (whole != null && whole.score() == 1) {
      return whole;
    }
    ScoredSpan inParts = firstFree(inParts(snippet), taken);
    return inParts == null || (whole != null && whole.score() >= inParts.score()) ? whole : inParts;
  }

  private Stream<ScoredSpan> verbatim(String snippet) {
    return Stream.iterate(text.indexOf(snippet), at -> at >= 0, at -> text.indexOf(snippet, at + 1))
        .map(at -> new Span(at, at + snippet.length()))
        .map(span -> new ScoredSpan(borders.widen(span), 1));
  }

  private Stream<ScoredSpan> similar(String snippet) {
    NormalizedText pattern = NormalizedText.of(snippet, tags);
    if (pattern.length() == 0) {
      return Stream.empty();
    }
    return search
        .nearest(pattern, 0, view.length(), Similarity.mostEdits(pattern.length(), threshold))
        .map(place -> scored(place, pattern.length()));
  }

  private Stream<ScoredSpan> inParts(String snippet) {
    List<NormalizedText> parts =
        Ellipsis.parts(snippet).stream().map(part -> NormalizedText.of(part, tags)).toList();
    int length = parts.stream().mapToInt(NormalizedText::length).sum();
    return new ElidedSearch(search, view.length(), threshold)
        .nearest(parts).stream().map(place -> scored(place, length));
  }

  private ScoredSpan scored(ApproximateMatch place, int patternLength) {
    Span span = view.original(place.start(), place.end());
    Span clean = place.edits() == 0 ? borders.widen(span) : borders.widenToWords(span);
    return new ScoredSpan(clean, Similarity.of(place.edits(), patternLength));
  }

  /** The first candidate that overlaps nothing taken; if there is none, the first at all. */
  private static @Nullable ScoredSpan firstFree(
      Stream<ScoredSpan> candidates, List<ScoredSpan> taken) {
    ScoredSpan first = null;
    for (Iterator<ScoredSpan> it = candidates.iterator(); it.hasNext(); ) {
      ScoredSpan candidate = it.next();
      if (taken.stream().noneMatch(other -> other.span().overlaps(candidate.span()))) {
        return candidate;
      }
      first = first == null ? candidate : first;
    }
    return first;
  }
}
