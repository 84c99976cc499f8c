package dev.splitreason.data.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the parts of a snippet with ellipses one after another, near to each other. */
final class ElidedSearch {

  /**
   * The most units a model leaves out with one ellipsis: about four sentences. Further away, a
   * short part is found by chance, and the span between would be everything but hard.
   */
  private static final int LONGEST_GAP = 400;

  /** Places of the first part that are followed up. */
  private static final int PLACES_TRIED = 16;

  /** Below this, a part says too little about where it stands. */
  private static final int SHORTEST_PART = 4;

  private final ApproximateSearch search;
  private final int textLength;
  private final double threshold;

  ElidedSearch(ApproximateSearch search, int textLength, double threshold) {
    this.search = search;
    this.textLength = textLength;
    this.threshold = threshold;
  }

  /**
   * Stretches from the first to the last part with the least sum of edits, from left to right.
   * Parts too short to tell their place are skipped; empty if any other part is not found.
   */
  List<ApproximateMatch> nearest(List<NormalizedText> parts) {
    List<NormalizedText> telling =
        parts.stream().filter(part -> part.length() >= SHORTEST_PART).toList();
    if (telling.isEmpty()) {
      return List.of();
    }
    List<ApproximateMatch> chains = new ArrayList<>();
    NormalizedText first = telling.getFirst();
    search
        .nearest(first, 0, textLength, mostEdits(first))
        .limit(PLACES_TRIED)
        .map(place -> chain(place, telling.subList(1, telling.size())))
        .forEach(
            chain -> {
              if (chain != null) {
                chains.add(chain);
              }
            });
    int least = chains.stream().mapToInt(ApproximateMatch::edits).min().orElse(0);
    return chains.stream()
        .filter(chain -> chain.edits() == least)
        .sorted(Comparator.comparingInt(ApproximateMatch::start))
        .toList();
  }

  private @Nullable ApproximateMatch chain(ApproximateMatch head, List<NormalizedText> rest) {
    ApproximateMatch chain = head;
    for (NormalizedText part : rest) {
      int to = Math.min(textLength, chain.end() + LONGEST_GAP + part.length());
      ApproximateMatch next =
          search.nearest(part, chain.end(), to, mostEdits(part)).findFirst().orElse(null);
      if (next == null) {
        return null;
      }
      chain = new ApproximateMatch(chain.start(), next.end(), chain.edits() + next.edits());
    }
    return chain;
  }

  private int mostEdits(NormalizedText part) {
    return Similarity.mostEdits(part.length(), threshold);
  }
}
