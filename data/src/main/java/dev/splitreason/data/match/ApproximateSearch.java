package dev.splitreason.data.match;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the stretches of a text that are nearest to a pattern in edit distance. */
final class ApproximateSearch {

  /** Ends of one place that are looked at: with many, the text repeats itself and any will do. */
  private static final int ENDS_TRIED = 8;

  private final NormalizedText text;

  ApproximateSearch(NormalizedText text) {
    this.text = text;
  }

  /**
   * The nearest stretches between two offsets of the view, from left to right, one for each place;
   * found as the stream is read. Empty if the nearest one takes more than {@code maxEdits}.
   */
  Stream<ApproximateMatch> nearest(NormalizedText pattern, int from, int to, int maxEdits) {
    int[] distances = EditDistance.forward(pattern).endingAt(text, from, to);
    int least = Integer.MAX_VALUE;
    for (int distance : distances) {
      least = Math.min(least, distance);
    }
    if (least > maxEdits || least >= pattern.length()) {
      return Stream.empty();
    }
    EditDistance backward = EditDistance.backward(pattern);
    int edits = least;
    return places(distances, edits, from, pattern.length()).stream()
        .map(ends -> bestOf(ends, backward, pattern.length(), from, edits));
  }

  /** Ends with the least distance, those that belong to one place together. */
  private static List<List<Integer>> places(int[] distances, int least, int from, int length) {
    List<List<Integer>> places = new ArrayList<>();
    int placeEnds = Integer.MIN_VALUE;
    for (int j = 0; j < distances.length; j++) {
      if (distances[j] != least) {
        continue;
      }
      if (j > placeEnds) {
        places.add(new ArrayList<>());
        placeEnds = j + length / 2;
      }
      List<Integer> ends = places.getLast();
      if (ends.size() < ENDS_TRIED) {
        ends.add(from + j);
      }
    }
    return places;
  }

  /** Of the equally near stretches of one place, the one whose length is nearest the pattern's. */
  private ApproximateMatch bestOf(
      List<Integer> ends, EditDistance backward, int length, int from, int edits) {
    ApproximateMatch best = null;
    int bestOff = Integer.MAX_VALUE;
    for (int end : ends) {
      int reach = Math.min(end - from, length + edits);
      int[] distances = backward.reachingBack(text, end, reach);
      for (int j = 1; j <= reach; j++) {
        int off = Math.abs(j - length);
        if (distances[j] == edits && off < bestOff) {
          best = new ApproximateMatch(end - j, end, edits);
          bestOff = off;
        }
      }
    }
    if (best == null) {
      throw new AssertionError("no stretch at " + ends + " has the distance " + edits);
    }
    return best;
  }
}
